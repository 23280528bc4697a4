import Campaign
import Model
import Statistics

extension StabilityMapReport {
  public var json: JSONValue {
    [
      "schema": 1, "tool": .string(toolVersion), "model": .string(design.model.name),
      "scenario": .string(design.scenario.name), "seed": .unsigned(design.seed),
      "replications": .integer(design.replications), "confidence": .number(design.confidence),
      "measure": .string(design.measure.rawValue), "resolution": .number(design.resolution),
      "budget": design.budget == .max ? .null : .integer(design.budget), "refinements": .integer(map.refinements),
      "unresolved": .integer(map.unresolved),
      "tolerance": .number(design.tolerance), "complete": .bool(map.isComplete),
      "sizes": .array(design.sizes.map { .number($0) }), "loads": .array(map.columns.map(json)),
      "triggers": .array(map.rows.map(json)),
      "example": example.map {
        ["load": .number($0.load), "size": .number($0.size), "diagnosis": $0.diagnosis.json]
      } ?? .null,
    ]
  }

  private func json(_ column: StabilityMap.Column) -> JSONValue {
    let interval = column.boundaryInterval(confidence: design.confidence)
    return [
      "load": .number(column.load), "stability": JSONValue(column.stability?.rawValue),
      "unserved": JSONValue(column.unserved), "degradedWithoutTrigger": .integer(column.degradedAlone),
      "nonMonotone": .integer(column.nonMonotone),
      "boundary": column.boundary.map { json($0) } ?? .null,
      "boundaryInterval": interval.map {
        ["low": .number($0.low), "high": .number($0.high), "confidence": .number($0.confidence)]
      } ?? .null,
      "criticalSizes": .array(column.criticalSizes.map { json($0) }),
      "cells": .array(
        column.cells.map { cell in
          let interval = cell.share?.wilson(confidence: design.confidence)
          return .object(
            [.init("size", .number(cell.size))]
              + Metastability.Verdict.allCases.map { .init($0.rawValue, .integer(cell.count($0))) } + [
                .init("share", JSONValue(cell.share?.value)), .init("low", JSONValue(interval?.low)),
                .init("high", JSONValue(interval?.high)),
              ])
        }),
    ]
  }

  private func json(_ row: StabilityMap.Row) -> JSONValue {
    let interval = row.boundaryInterval(confidence: design.confidence)
    return [
      "size": JSONValue(row.size), "boundary": row.boundary.map { json($0) } ?? .null,
      "boundaryInterval": interval.map {
        ["low": .number($0.low), "high": .number($0.high), "confidence": .number($0.confidence)]
      } ?? .null,
      "criticalLoads": .array(row.criticalLoads.map { json($0) }),
    ]
  }

  private func json(_ size: StabilityMap.CriticalSize) -> JSONValue {
    switch size {
    case .between(let above, let atMost): ["above": .number(above), "atMost": .number(atMost)]
    case .none: .null
    }
  }

  /// One row a cell, and one a load for what it is without a trigger, whose size is 0.
  public var rows: Rows {
    var rows = Rows(columns: [
      "load", "stability", "size", "replications", "recovered", "still_recovering", "metastable", "too_short",
      "share", "low", "high", "boundary_above", "boundary_at_most", "load_boundary_above", "load_boundary_at_most",
    ])
    func ends(_ boundary: StabilityMap.CriticalSize?) -> [String] {
      guard case .between(let above, let atMost) = boundary else { return ["", ""] }
      return [Rows.number(above), Rows.number(atMost)]
    }
    for column in map.columns {
      let stability = column.stability?.rawValue ?? ""
      let critical = ends(column.boundary)
      let healthy = design.replications - column.degradedAlone
      rows.append(
        [Rows.number(column.load), stability, "0", String(design.replications), String(healthy), "0", "0", "0"]
          + ["", "", ""] + critical + ends(map.rows.first { $0.size == nil }?.boundary))
      for cell in column.cells {
        let interval = cell.share?.wilson(confidence: design.confidence)
        rows.append(
          [
            Rows.number(column.load), stability, Rows.number(cell.size), String(cell.verdicts.count),
            String(cell.count(.recovered)), String(cell.count(.recovering)), String(cell.count(.metastable)),
            String(cell.count(.tooShort)), Rows.number(cell.share?.value), Rows.number(interval?.low),
            Rows.number(interval?.high),
          ] + critical + ends(map.rows.first { $0.size == cell.size }?.boundary))
      }
    }
    return rows
  }
}
