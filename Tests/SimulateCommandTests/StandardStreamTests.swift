// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

/// Streams that are closed, full or gone.
@Suite struct StandardStreamTests {
  private func workplace() throws -> Workplace {
    let workplace = try Workplace()
    try workplace.write(scenario(), to: "case.yaml")
    return workplace
  }

  @Test(arguments: ["run case.yaml -i 500", "validate case.yaml", "distributions"])
  func aReaderThatHasGoneIsNoError(_ arguments: String) throws {
    let workplace = try workplace()
    let outcome = try workplace.shell(
      "(sleep 0.3; \"$0\" \(arguments); echo $? > code) | true; cat code")
    #expect(outcome.output == "0\n", "\(outcome)")
    #expect(outcome.errors.isEmpty, "\(outcome)")
  }

  @Test(arguments: ["run case.yaml -i 500", "validate case.yaml", "distributions"])
  func aFullDeviceIsAnError(_ arguments: String) throws {
    let outcome = try workplace().shell("exec \"$0\" \(arguments) > /dev/full")
    #expect(outcome.code == 74)
    #expect(
      outcome.errors == "standard output: error: cannot write: No space left on device\n",
      "\(outcome)")
  }

  @Test func anErrorThatNobodySeesKeepsItsCode() throws {
    let workplace = try workplace()
    #expect(try workplace.shell("exec \"$0\" run nowhere.yaml 2> /dev/full").code == 66)
    #expect(try workplace.shell("exec \"$0\" run nowhere.yaml 2>&-").code == 66)
  }

  /// A closed stream's number must not go to a result file, which would then get messages.
  @Test func closedStreamsDontReachTheResults() throws {
    let workplace = try workplace()
    try workplace.write(
      scenario("x: gamma(shape = 5, rate = 2)\n  idle: 2"), to: "case.yaml")
    #expect(try workplace.shell("exec \"$0\" run case.yaml --draws -i 3000 -o a").code == 0)
    let outcome = try workplace.shell(
      "exec \"$0\" run case.yaml --draws -i 3000 -o b <&- >&- 2>&-")
    #expect(outcome.code == 74, "the table could not be printed")
    let quiet = try workplace.shell("exec \"$0\" run case.yaml --draws -i 3000 -q -o c >&- 2>&-")
    #expect(quiet.code == 0)
    for name in ["draws.csv", "summary.csv", "histograms.csv", "resolved.csv"] {
      let expected = try workplace.bytes("a/case/\(name)")
      #expect(try workplace.bytes("b/case/\(name)") == expected, "\(name)")
      #expect(try workplace.bytes("c/case/\(name)") == expected, "\(name)")
    }
  }

  @Test func standardInputIsNotRead() throws {
    let outcome = try workplace().shell("\"$0\" run case.yaml -q -i 500 < /dev/zero; echo $?")
    #expect(outcome.output == "0\n")
  }

  @Test func aScenarioFromAPipe() throws {
    let workplace = try workplace()
    let outcome = try workplace.shell("cat case.yaml | \"$0\" run /dev/stdin -i 500")
    #expect(outcome.code == 0, "\(outcome)")
    #expect(workplace.content.contains("results/stdin/summary.csv"))
  }
}
