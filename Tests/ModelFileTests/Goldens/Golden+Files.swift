extension Golden {
  static let files: [Golden] = [
    Golden(
      .fileNotFound, in: .outage, replacing: "shop.yaml", with: "shap.yaml",
      says: """
        outage.yaml:2:8: error: `shap.yaml` does not exist [file-not-found]
        2 | model: shap.yaml
          |        ^^^^^^^^^
        """),
    Golden(
      .binaryFile, text: "model: a\0b",
      says: """
        model.yaml: error: this file is not text: it contains a zero byte [binary-file]
        """),
    Golden(
      .emptyFile, text: "# nothing yet\n",
      says: """
        model.yaml: error: there is nothing in this file [empty-file]
        """),
    Golden(
      .notYAML, in: .queue, replacing: "    call: desk", with: "\tcall: desk",
      says: """
        model.yaml:6:1: error: not YAML: while scanning a plain scalar in line 5, found a tab character that violates indentation [not-yaml]
        6 | 	call: desk.serve
          | ^
        """),
    Golden(
      .notYAML, in: .queue, replacing: "{threads: 16, queue: unbounded}", with: "{threads: 16, queue: unbounded",
      says: """
        model.yaml:10:14: error: not YAML: while parsing a flow mapping in line 9, did not find expected ',' or '}' [not-yaml]
        10 |     endpoints:
           |              ^
        """),
    Golden(
      .notYAML, text: "model: &a [*a]\n",
      says: """
        model.yaml:1:12: error: this alias has no anchor before it; an alias inside of its own anchor is a cycle [not-yaml]
        1 | model: &a [*a]
          |            ^
        """),
    Golden(
      .notYAML, text: "model: a\n---\nmodel: b\n",
      says: """
        model.yaml:2:1: error: a file holds one document, and here another one begins [not-yaml]
        2 | ---
          | ^
        """),
    Golden(
      .tooDeep, text: "model: " + String(repeating: "[", count: 70) + String(repeating: "]", count: 70),
      says: """
        model.yaml:1:72: error: this is nested more than 64 levels deep [too-deep]
        1 | odel: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
          |                                                                       ^
        """),
    Golden(
      .tooDeep, text: "model: " + String(repeating: "[", count: 2000) + String(repeating: "]", count: 2000),
      says: """
        model.yaml:1:9: error: this is nested more than 64 levels deep [too-deep]
        1 | model: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
          |         ^
        """),
    Golden(
      .tooManyParts, text: String(repeating: "- a\n", count: 100_000),
      says: """
        model.yaml:100000:3: error: the document has more than 100000 parts [too-many-parts]
        100000 | - a
               |   ^
        """),
    Golden(
      .aliasLimit,
      text: """
        a0: &a0 [lol]
        a1: &a1 [*a0, *a0, *a0]
        a2: &a2 [*a1, *a1, *a1]
        a3: &a3 [*a2, *a2, *a2]
        a4: &a4 [*a3, *a3, *a3]
        a5: &a5 [*a4, *a4, *a4]
        a6: &a6 [*a5, *a5, *a5]
        a7: &a7 [*a6, *a6, *a6]
        a8: &a8 [*a7, *a7, *a7]
        """,
      says: """
        model.yaml:8:20: error: a file may have at most 20 aliases, and none in a key [alias-limit]
        8 | a7: &a7 [*a6, *a6, *a6]
          |                    ^ say it once in `policies`, or write it out
        """),
    Golden(
      .aliasLimit,
      text: """
        a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol]
        a1: &a1 [*a0, *a0, *a0, *a0, *a0]
        a2: [? *a1 : x]
        """,
      says: """
        model.yaml:3:8: error: a file may have at most 20 aliases, and none in a key [alias-limit]
        3 | a2: [? *a1 : x]
          |        ^ say it once in `policies`, or write it out
        """),
    Golden(
      .includeCycle, in: .queue, replacing: "model: mm16", with: "model: mm16\ninclude: [a.yaml]",
      files: ["a.yaml": "include: [b.yaml]\n", "b.yaml": "include: [a.yaml]\n"],
      says: """
        b.yaml:1:11: error: files include each other: model.yaml -> a.yaml -> b.yaml -> a.yaml [include-cycle]
        1 | include: [a.yaml]
          |           ^^^^^^
        """),
    Golden(
      .badInclude, in: .queue, replacing: "model: mm16", with: "model: mm16\ninclude: [outage.yaml]",
      says: """
        model.yaml:2:11: error: `outage.yaml` is a scenario, which no model can include [bad-include]
        2 | include: [outage.yaml]
          |           ^^^^^^^^^^^
        """),
    Golden(
      .badInclude, in: .queue, replacing: "model: mm16", with: "model: mm16\ninclude: [part.yaml]",
      files: ["part.yaml": "time: {horizon: 1h}\n"],
      says: """
        part.yaml:1:1: error: `time` belongs into the file that includes this one [bad-include]
        1 | time: {horizon: 1h}
          | ^^^^
        """),
    Golden(
      .wrongDocument, text: "services: {}\n",
      says: """
        model.yaml:1:1: error: this is neither a model nor a scenario nor a campaign [wrong-document]
        1 | services: {}
          | ^ expected a key `model`, `scenario` or `campaign`
        """),
    Golden(
      .wrongDocument, in: .outage, replacing: "shop.yaml", with: "campaign.yaml",
      says: """
        outage.yaml:2:8: error: a model is needed here, and `campaign.yaml` is a campaign [wrong-document]
        2 | model: campaign.yaml
          |        ^^^^^^^^^^^^^
        """),
  ]
}
