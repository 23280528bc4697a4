/// Elementary functions whose bits are the same on every IEEE 754 machine.
///
/// A system's libm picks other instructions on other processors, and its last bit differs with them.
/// Here only +, -, x, /, square root and operations on bits occur, each of which IEEE 754 defines
/// exactly, and Swift contracts none of them. Relative errors are a few units in the last place.
public enum DeterministicMath {
  /// The upper 32 bits of ln 2, so that its product with an exponent is exact.
  static let ln2High = 0x1.62e42feep-1
  /// ln 2 - `ln2High`.
  static let ln2Low = 0x1.a39ef35793c76p-33

  /// The natural logarithm; -infinity at 0, NaN below.
  public static func log(_ x: Double) -> Double {
    let (high, low) = splitLog(x)
    return high + low
  }

  /// ln(1 + x), accurate near 0; -infinity at -1, NaN below.
  public static func log1p(_ x: Double) -> Double {
    guard x > -0.29, x < 0.41 else { return log(1 + x) }
    return logNearOne(x)
  }

  /// e^x; infinity above 709.78.
  public static func exp(_ x: Double) -> Double {
    guard x > -746 else { return x.isNaN ? x : 0 }
    guard x < 709.8 else { return x.isNaN ? x : .infinity }
    let exponent = (x * 0x1.71547652b82fep+0).rounded(.toNearestOrEven)
    let high = x - exponent * ln2High
    let low = exponent * ln2Low
    let reduced = high - low
    let lost = (high - reduced) - low
    let fraction = 1 + (expm1Small(reduced) + lost)
    return scaled(fraction, byPowerOfTwo: Int(exponent))
  }

  /// e^x - 1, accurate near 0.
  public static func expm1(_ x: Double) -> Double {
    x.magnitude < 0.35 ? expm1Small(x) : exp(x) - 1
  }

  /// x^y for x >= 0.
  ///
  /// The logarithm is carried in two parts and their product with y in two more, so that the relative error
  /// is about 1e-16 times the exponent, over the whole range of the result.
  public static func pow(_ x: Double, _ y: Double) -> Double {
    if y == 0 || x == 1 { return 1 }
    if x == 0 { return y > 0 ? 0 : .infinity }
    if x == .infinity { return y > 0 ? .infinity : 0 }
    let (high, low) = splitLog(x)
    let product = high * y
    guard product.magnitude < 1e5 else { return exp(product) }
    let rest = exactProductError(high, y, product) + low * y
    let sum = product + rest
    let lost = rest - (sum - product)
    let result = exp(sum)
    return result.isFinite ? result + result * lost : result
  }

  /// `fraction` x 2^`power`, rounded once where the result is subnormal.
  static func scaled(_ fraction: Double, byPowerOfTwo power: Int) -> Double {
    if power > -1000 && power < 1000 {
      return fraction * Double(bitPattern: UInt64(power + 1023) << 52)
    }
    let half = power / 2
    return fraction * Double(bitPattern: UInt64(half + 1023) << 52)
      * Double(bitPattern: UInt64(power - half + 1023) << 52)
  }

  /// ln x as a sum: the exponent's part, exact, and a small rest.
  static func splitLog(_ x: Double) -> (high: Double, low: Double) {
    guard x > 0 else { return (x == 0 ? -.infinity : .nan, 0) }
    guard x < .infinity else { return (x, 0) }
    let normal = x < 0x1p-1022 ? x * 0x1p54 : x
    var exponent = Int(normal.bitPattern >> 52) - 1023 - (x < 0x1p-1022 ? 54 : 0)
    var fraction = Double(bitPattern: normal.bitPattern & 0x000F_FFFF_FFFF_FFFF | 0x3FF0_0000_0000_0000)
    if fraction > 1.4142135623730951 {
      fraction *= 0.5
      exponent += 1
    }
    let power = Double(exponent)
    return (power * ln2High, power * ln2Low + logNearOne(fraction - 1))
  }

  /// ln(1 + f) for 1 + f within a factor √2 of 1, as f - s (f - 2R), with s = f / (2 + f) and
  /// R = s²/3 + s⁴/5 + …: the series of the inverse hyperbolic tangent, its first term taken out so
  /// that it is not rounded.
  private static func logNearOne(_ f: Double) -> Double {
    let s = f / (2 + f)
    let z = s * s
    var r = 1.0 / 25
    r = r * z + 1.0 / 23
    r = r * z + 1.0 / 21
    r = r * z + 1.0 / 19
    r = r * z + 1.0 / 17
    r = r * z + 1.0 / 15
    r = r * z + 1.0 / 13
    r = r * z + 1.0 / 11
    r = r * z + 1.0 / 9
    r = r * z + 1.0 / 7
    r = r * z + 1.0 / 5
    r = r * z + 1.0 / 3
    return f - s * (f - 2 * (r * z))
  }

  /// e^r - 1 for |r| <= 0.35, by its Taylor series.
  private static func expm1Small(_ r: Double) -> Double {
    var sum = 1.0 / 87_178_291_200
    sum = sum * r + 1.0 / 6_227_020_800
    sum = sum * r + 1.0 / 479_001_600
    sum = sum * r + 1.0 / 39_916_800
    sum = sum * r + 1.0 / 3_628_800
    sum = sum * r + 1.0 / 362_880
    sum = sum * r + 1.0 / 40_320
    sum = sum * r + 1.0 / 5_040
    sum = sum * r + 1.0 / 720
    sum = sum * r + 1.0 / 120
    sum = sum * r + 1.0 / 24
    sum = sum * r + 1.0 / 6
    sum = sum * r + 1.0 / 2
    return r + r * r * sum
  }

  /// a·b - `product`, exactly, where `product` is a·b rounded. T. J. Dekker, Numerische Mathematik 18 (1971).
  private static func exactProductError(_ a: Double, _ b: Double, _ product: Double) -> Double {
    let (aHigh, aLow) = halves(a)
    let (bHigh, bLow) = halves(b)
    return ((aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh) + aLow * bLow
  }

  private static func halves(_ x: Double) -> (high: Double, low: Double) {
    let shifted = x * 134_217_729
    let high = shifted - (shifted - x)
    return (high, x - high)
  }
}
