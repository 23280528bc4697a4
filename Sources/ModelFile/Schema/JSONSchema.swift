import Model

extension ModelFile {
  /// The JSON Schema (draft 2020-12) of the language, generated from the declarations that decode it.
  ///
  /// It describes files as a YAML 1.2 loader reads them.
  public static func jsonSchema() -> String {
    var schema = JSONSchema()
    let documents = [
      SystemModel.section.shape, Scenario.section.shape, CampaignText.section.shape, SystemModel.partSection.shape,
    ]
    let choices = documents.map { schema.json(of: .section($0)) }
    let root: JSON = [
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Ratchet",
      "description": "A model, a scenario, a campaign, or a part of a model that another file includes.",
      "oneOf": .array(choices),
      "$defs": .object(schema.definitions.sorted { $0.key < $1.key }.map { JSON.Member(key: $0.key, value: $0.value) }),
    ]
    return root.text + "\n"
  }
}

/// A JSON Schema while it is being made.
private struct JSONSchema {
  private(set) var definitions: [String: JSON] = [:]

  mutating func json(of shape: Shape) -> JSON {
    switch shape {
    case .scalar(let scalar): return json(of: scalar)
    case .section(let section): return reference(to: section.name) { $0.json(of: section) }
    case .named(let element):
      return [
        "type": "object",
        "propertyNames": isAnything(element) ? [:] : ["pattern": "^[A-Za-z0-9-]+$"],
        "additionalProperties": json(of: element),
      ]
    case .list(let element, let isEmptyAllowed):
      let items = json(of: element)
      return isEmptyAllowed
        ? ["type": "array", "items": items] : ["type": "array", "items": items, "minItems": 1]
    case .oneOf(let shapes):
      return ["anyOf": .array(shapes.flatMap(flattened).map { json(of: $0) })]
    case .anything: return [:]
    }
  }

  private mutating func json(of scalar: ScalarShape) -> JSON {
    guard let name = scalar.name else { return scalar.schema }
    return reference(to: name) { _ in scalar.schema.adding("description", .string(scalar.expectation)) }
  }

  private mutating func json(of section: SectionShape) -> JSON {
    guard let branches = section.branches else {
      return object(section.keys, [], required: [], doc: section.doc)
    }
    let choices = branches.words.map { word, doc, keys in
      if keys.contains(where: { $0.name == branches.key }) {
        return object(section.keys + keys, [], required: [], doc: doc)
      }
      let key: JSON = ["const": .string(word), "description": .string("\(branches.doc): \(doc)")]
      return object(
        section.keys + keys, [JSON.Member(key: branches.key, value: key)],
        required: branches.standard == word ? [] : [branches.key], doc: nil)
    }
    return ["description": .string(section.doc), "anyOf": .array(choices)]
  }

  private mutating func object(
    _ keys: [KeyShape], _ further: [JSON.Member], required: [String], doc: String?
  ) -> JSON {
    let properties = keys.map { JSON.Member(key: $0.name, value: json(of: $0)) } + further
    let required = keys.filter(\.isRequired).map(\.name) + required
    var object: JSON = [:]
    if let doc { object = object.adding("description", .string(doc)) }
    object = object.adding("type", "object").adding("properties", .object(properties))
    if !required.isEmpty { object = object.adding("required", .array(required.map { .string($0) })) }
    return object.adding("additionalProperties", false)
  }

  private mutating func json(of key: KeyShape) -> JSON {
    let described = json(of: key.shape).adding("description", .string(key.doc))
    guard let standard = key.standard else { return described }
    return described.adding("default", value(of: standard))
  }

  /// A default as a YAML loader reads it.
  private func value(of standard: String) -> JSON {
    if let number = Int(standard) { return .integer(number) }
    if standard == "{}" { return [:] }
    if standard.hasPrefix("[") {
      return .array(standard.dropFirst().dropLast().split(separator: ", ").map { .string(String($0)) })
    }
    return .string(standard)
  }

  private mutating func reference(to name: String, _ make: (inout JSONSchema) -> JSON) -> JSON {
    if definitions[name] == nil { definitions[name] = make(&self) }
    return ["$ref": .string("#/$defs/\(name)")]
  }

  private func flattened(_ shape: Shape) -> [Shape] {
    if case .oneOf(let shapes) = shape { shapes.flatMap(flattened) } else { [shape] }
  }

  private func isAnything(_ shape: Shape) -> Bool {
    if case .anything = shape { true } else { false }
  }
}

extension JSON {
  /// The object with one more member; what is there already stays.
  fileprivate func adding(_ key: String, _ value: JSON) -> JSON {
    guard case .object(let members) = self, !members.contains(where: { $0.key == key }) else { return self }
    return .object(members + [Member(key: key, value: value)])
  }
}
