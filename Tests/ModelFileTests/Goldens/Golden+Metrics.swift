extension Golden {
  static let metrics: [Golden] = [
    Golden(
      .badMetric, in: .cdnOutage, replacing: "target: alpha\n",
      with: "target: alpha\nexpect: {cheap: {that: cost(alpha) <= 10 USD}}\n",
      says: """
        cdn-outage.yaml:9:29: error: `cost` needs a price, and the CDN `alpha` has none [bad-metric]
        9 | expect: {cheap: {that: cost(alpha) <= 10 USD}}
          |                             ^^^^^ give it one, such as `price: 0.02 USD/GB`
        """),
    Golden(
      .wrongUnit, in: .cdnOutage, replacing: "target: alpha\n",
      with: "target: alpha\nexpect: {cheap: {that: cost(alpha) <= 10 USD}}\n",
      set: ["cdns.alpha.price=0.02 EUR/GB"],
      says: """
        cdn-outage.yaml:9:42: error: the price of `alpha` is in `EUR`, and can't be compared with `USD` [wrong-unit]
        9 | expect: {cheap: {that: cost(alpha) <= 10 USD}}
          |                                          ^^^
        """),
    Golden(
      .missingUnit, in: .stream, replacing: "steering:",
      with: "objectives: {cheap: {indicator: cost(alpha), target: 10}}\nsteering:",
      set: ["cdns.alpha.price=0.02 EUR/GB"],
      says: """
        stream.yaml:25:54: error: an amount of money needs a currency [missing-unit]
        25 | objectives: {cheap: {indicator: cost(alpha), target: 10}}
           |                                                      ^^ which one? such as `10 EUR`
        """),
    Golden(
      .badMetric,
      text: """
        campaign: dear
        model: stream.yaml
        variants: {same: {}, free: {set: {cdns.alpha.price: none}}}
        outcomes: [cost(alpha)]

        """, set: ["cdns.alpha.price=0.02 USD/GB"],
      says: """
        model.yaml:3:35: error: `cost(alpha)` is compared, and the price of `alpha` is `none` here instead of in `USD` [bad-metric]
        3 | variants: {same: {}, free: {set: {cdns.alpha.price: none}}}
          |                                   ^^^^^^^^^^^^^^^^
        """),
    Golden(
      .badMetric, in: .cdnOutage, replacing: "target: alpha\n",
      with: "target: alpha\nexpect: {smooth: {that: rebuffering-ratio <= 1%, among: scoped}}\n",
      says: """
        cdn-outage.yaml:9:57: error: `rebuffering-ratio` is not told of those whom a fault's scope picks [bad-metric]
        9 | expect: {smooth: {that: rebuffering-ratio <= 1%, among: scoped}}
          |                                                         ^^^^^^ leave out `among scoped`
        """),
  ]
}
