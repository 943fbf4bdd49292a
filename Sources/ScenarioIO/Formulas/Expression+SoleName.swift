// Utfall: Monte Carlo uncertainty analysis for health economics.
// SPDX-License-Identifier: GPL-3.0-or-later

import SimCore

extension SimCore.Expression {
  /// The name, if the whole formula is one.
  var soleName: String? {
    if case .name(let name, _) = self { name } else { nil }
  }
}
