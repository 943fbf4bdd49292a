// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension ScenarioDecoder {
  /// Finds what distributions with uncertain arguments are when everything else is at its base, and
  /// reports arguments that no distribution can have there.
  mutating func resolveUncertain() {
    let places = parameters.indices.filter { parameters[$0].uncertain != nil }
    let changed = (perspectives.map(\.changes) + variants.map(\.changes)).flatMap(\.changes)
    guard !places.isEmpty || changed.contains(where: { !$0.uncertain.isEmpty }) else { return }
    let base = modelBuilder.model(at: .base)
    let shapes = ModelShapes(base)
    for change in changed {
      if case .parameter(_, let cells) = change { cells.forEach { checkShape($0, shapes) } }
    }
    for place in places { checkShape(parameters[place], shapes) }
    guard !places.isEmpty, problems.isEmpty else { return }
    var questions = BaseQuestions(base)
    let asked = places.map { place in
      parameters[place].uncertain.map { questions.ask($0, at: parameters[place].labels) }
    }
    // Faults of the model itself are reported when it is compiled.
    guard let answers = questions.answers() else { return }
    for (place, asked) in zip(places, asked) {
      if let asked { resolve(place, asked, answers) }
    }
  }

  /// A draw for each label is asked for by `by`; without, one draw would silently stand for all labels.
  private mutating func checkShape(_ parameter: ScenarioParameter, _ shapes: ModelShapes) {
    guard let law = parameter.uncertain else { return }
    let stated = parameter.labels.map(\.dimension)
    if case .multinomial(let trials, _)? = parameter.joint, let last = stated.last,
      shapes.dimensions(of: trials).contains(last)
    {
      problems.report(
        parameter.position,
        "\(Excerpt.quoted(parameter.name)) with an `n` that varies over `\(last)`",
        expected: "one `n` for all labels of `\(last)`",
        advice: "The labels share it: it is their sum.")
      return
    }
    for argument in law.arguments {
      guard
        let other = shapes.dimensions(of: argument).first(where: { !stated.contains($0) })
      else { continue }
      let own = parameter.labels.map(\.dimension)
      // The labels of the last one are drawn together.
      let all = parameter.joint == nil ? own + [other] : [other] + own
      let by = all.count == 1 ? other : "[\(all.joined(separator: ", "))]"
      let draws =
        parameter.each.contains(other) ? "`by: \(by)` in place of `each`" : "`by: \(by)`"
      problems.report(
        parameter.position,
        "\(Excerpt.quoted(parameter.name)) with arguments that vary over `\(other)`",
        expected: draws,
        advice: parameter.joint == nil
          ? "With `by: \(by)` it is drawn for every label anew. To share one draw, make the "
            + "distribution a parameter of its own and compute with its name under `variables`."
          : "The labels of `\(own.last ?? "")` are then drawn together anew for each label of `\(other)`, "
            + "with probabilities for both.")
      return
    }
  }

  private mutating func resolve(
    _ place: Int, _ asked: BaseQuestions.Asked, _ answers: [Double]
  ) {
    let parameter = parameters[place]
    guard let law = parameter.uncertain else { return }
    let values = Array(answers[asked.arguments])
    parameters[place].arguments = zip(asked.names, answers[asked.inputs]).map { NamedValue($0, $1) }
    do throws(DistributionError) {
      parameters[place].distribution = try law.law(values)
      let ends = Array(answers[asked.ends])
      if ends[1] < ends[0] { parameters[place].uncertain = try law.turned() }
    } catch {
      problems.report(
        parameter.position,
        "\(Excerpt.quoted(parameter.fullName)) with \(error.found) when all else is at its base",
        expected: error.expected, advice: error.advice)
    }
  }
}

/// Values of formulas in a model whose parameters are numbers.
struct BaseQuestions {
  /// Where the answers for one law stand.
  struct Asked {
    let arguments: Range<Int>
    /// The law's value at a low and at a high draw.
    let ends: Range<Int>
    let inputs: Range<Int>
    let names: [String]
  }

  private var model: Model
  private let shapes: ModelShapes
  private let dimensions: Set<String>

  init(_ model: Model) {
    self.model = model
    self.model.outputs = []
    self.model.cases = [ModelCase()]
    shapes = ModelShapes(model)
    dimensions = Set(model.dimensions.map(\.name))
  }

  mutating func ask(_ law: UncertainLaw, at labels: [LabelChoice]) -> Asked {
    let arguments = ask(law.arguments, labels)
    let draws = [StatedLevel.low, .high].map { law.draw.number(at: $0) }
    let ends = ask(draws.map { law.value.replacingDraw(by: .number($0)) }, labels)
    var names: [String] = []
    for use in law.arguments.flatMap(\.nameUses) where !names.contains(use.name) {
      let known = labels.map(\.dimension)
      if let own = shapes.dimensions(of: use.name), own.allSatisfy({ known.contains($0) }) {
        names.append(use.name)
      }
    }
    let inputs = ask(names.map { .name($0, offset: 0) }, labels)
    return Asked(arguments: arguments, ends: ends, inputs: inputs, names: names)
  }

  private mutating func ask(_ formulas: [SimCore.Expression], _ labels: [LabelChoice])
    -> Range<Int>
  {
    let first = model.outputs.count
    for formula in formulas {
      let own = shapes.dimensions(of: formula)
      let selectors = labels.filter { own.contains($0.dimension) }.map {
        Selector(
          dimension: DimensionName($0.dimension, offset: 0),
          choice: .label(LabelName($0.label, offset: 0)))
      }
      model.outputs.append(
        Output(
          name: "question",
          value: selectors.isEmpty
            ? formula : .select(formula, selectors, outside: nil),
          probabilities: [], histogram: nil))
    }
    return first..<model.outputs.count
  }

  /// `nil` for a model that can't be compiled.
  func answers() -> [Double]? {
    guard let plan = try? Plan(model), plan.outputs.count == model.outputs.count else { return nil }
    return plan.outputs.indices.map { plan.constantValue(ofOutput: $0) ?? .nan }
  }
}
