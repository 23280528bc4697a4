/// Texts of reports that were read and found right; a change of them is to be read again.
enum Golden {
  static let campaign = """

    """

  static let run = """

    """
}
