import Foundation
import Sampling

extension ImportedWork {
  /// Fewer values than this say no more than their median.
  static let fewestForFit = 5

  /// The service time of these own times, in seconds, all above zero; nil where there are none.
  ///
  /// Few or equal values, and those that no family fits, become a constant: their median.
  init?(fitting sample: [Double]) {
    if sample.count >= Self.fewestForFit, let fit = DistributionFit.fit(sample) {
      let distance = QuantityText.number((fit.kolmogorovSmirnovDistance * 100).rounded() / 100)
      self.init(
        distribution: fit.distribution, text: fit.distribution.languageText,
        origin: "fitted to \(sample.count) values, Kolmogorov-Smirnov distance \(distance)", sample: sample)
      return
    }
    guard let median = Median.of(sample), let constant = try? Distribution.constant(seconds: median) else {
      return nil
    }
    self.init(
      distribution: constant, text: QuantityText.duration(seconds: median),
      origin: sample.count == 1 ? "the only value" : "the median of \(sample.count) values", sample: sample)
  }

  /// The service time of the same own times, each x replaced by m (x / m)^spread, m being their median.
  func spread(by spread: Double) -> ImportedWork? {
    guard let median = Median.of(sample),
      let work = ImportedWork(fitting: sample.map { median * pow($0 / median, spread) })
    else { return nil }
    return ImportedWork(
      distribution: work.distribution, text: work.text,
      origin: "\(work.origin), their spread reduced", sample: work.sample)
  }
}
