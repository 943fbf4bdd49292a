// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  mutating func output(_ entry: YAMLEntry) {
    let value = ruleEntry(
      entry, "the output", keys: .output)
    let fields = value.fields
    let unit = unit(fields["unit"])
    let description = string(fields["description"])
    let percentiles = percentiles(fields["percentiles"])
    let histogram = histogram(fields["histogram"])
    guard let rule = value.rule else {
      _ = declare(entry, .output, value.text)
      return
    }
    guard let name = declareOutput(entry, value.text, rule) else { return }
    expectation(value, of: name, entry)
    outputs.append(
      ScenarioOutput(
        name: name, unit: unit, description: description,
        formula: trimmed(value.text?.text ?? ""),
        percentiles: percentiles, histogram: histogram, position: entry.keyPosition))
  }

  /// An output may report another quantity under that quantity's name: `hours: hours`.
  private mutating func declareOutput(
    _ entry: YAMLEntry, _ value: ScalarText?, _ rule: Variable.Rule
  ) -> String? {
    let name = Names.normalised(entry.key)
    if let other = definitions[name], other.kind != .output,
      trimmed(value?.text ?? "") == entry.key
    {
      reports.insert(name)
      return name
    }
    guard let declared = declare(entry, .output, value) else { return nil }
    rules.append(
      NamedRule(name: declared, kind: .output, position: entry.keyPosition, rule: rule))
    return declared
  }

  // MARK: percentiles

  private mutating func percentiles(_ entry: YAMLEntry?) -> [Double] {
    let fallback = ScenarioOutput.defaultPercentiles
    guard let entry else { return fallback }
    let expected = "a list of ascending numbers from 0 to 100, such as [2.5, 50, 97.5]"
    guard case .list(let items) = entry.value.content else {
      if case .refused = entry.value.content { return fallback }
      problems.report(
        entry.value.position, "\(entry.value.kind) as `percentiles`", expected: expected)
      return fallback
    }
    if items.isEmpty || items.count > 1000 {
      problems.report(
        entry.value.position, "\(items.count) percentiles", expected: "1 to 1000 of them")
      return fallback
    }
    var percentiles: [Double] = []
    for item in items {
      guard case .text(let scalar) = item.content else {
        if case .refused = item.content { continue }
        problems.report(item.position, "\(item.kind) as a percentile", expected: "a number")
        continue
      }
      guard let numeral = number(scalar) else { continue }
      if numeral.hasPercent || !(numeral.value >= 0 && numeral.value <= 100) {
        problems.report(
          item.position, "the percentile \(Excerpt.quoted(scalar.text))",
          expected: "a number from 0 to 100")
      } else if let last = percentiles.last, !(numeral.value > last) {
        problems.report(
          item.position,
          "the percentile \(Excerpt.quoted(scalar.text)) after \(NumberText.string(last))",
          expected: "ascending percentiles, each once", advice: "Write decimals with a point.")
      } else {
        percentiles.append(numeral.value)
      }
    }
    return percentiles
  }

  // MARK: histogram

  private mutating func histogram(_ entry: YAMLEntry?) -> HistogramRequest? {
    var request = HistogramRequest(bins: ScenarioOutput.defaultBins)
    guard let entry else { return request }
    if case .text(let scalar) = entry.value.content, trimmed(scalar.text) == "none" { return nil }
    guard case .mapping = entry.value.content else {
      if case .refused = entry.value.content { return request }
      problems.report(
        entry.value.position, "\(entry.value.kind) as `histogram`",
        expected: "`none` or a mapping such as {bins: 60, from: 0, to: 100}")
      return request
    }
    guard
      let fields = fields(
        entry.value, at: entry.value.position, "a histogram", keys: .histogram)
    else { return request }
    if let scalar = scalar(fields["bins"]), let bins = wholeNumber(scalar, 1...10_000) {
      request.bins = Int(bins)
    }
    request.from = scalar(fields["from"]).flatMap { number($0)?.value }
    request.to = scalar(fields["to"]).flatMap { number($0)?.value }
    if let from = request.from, let to = request.to, from < to,
      HistogramEdges.between(from, to, bins: request.bins) == nil
    {
      problems.report(
        entry.value.position, "\(request.bins) bins between ends that are too close together",
        expected: "ends further apart, or fewer bins")
    }
    if let from = request.from, let to = request.to, !(from < to) {
      problems.report(
        fields["from"]?.value.position ?? entry.value.position,
        "a histogram from \(NumberText.string(from)) to \(NumberText.string(to))",
        expected: "`from` below `to`")
    }
    return request
  }
}
