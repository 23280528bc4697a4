/// A part of a report that is neither text nor a page yet.
public enum Block: Hashable, Sendable {
  /// What the report is about.
  case title(String)
  /// The beginning of a section, and what its numbers are.
  case heading(String, note: String?)
  case paragraph(Phrase)
  case list([Phrase])
  case table(Table)
}
