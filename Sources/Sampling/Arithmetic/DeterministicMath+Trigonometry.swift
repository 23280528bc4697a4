extension DeterministicMath {
  /// The cosine of an angle in radians; meant for a few turns.
  public static func cos(_ x: Double) -> Double {
    let (quadrant, r) = reducedAngle(x)
    switch quadrant {
    case 0: return cosSmall(r)
    case 1: return -sinSmall(r)
    case 2: return -cosSmall(r)
    default: return sinSmall(r)
    }
  }

  /// The sine of an angle in radians; meant for a few turns.
  public static func sin(_ x: Double) -> Double {
    let (quadrant, r) = reducedAngle(x)
    switch quadrant {
    case 0: return sinSmall(r)
    case 1: return cosSmall(r)
    case 2: return -sinSmall(r)
    default: return -cosSmall(r)
    }
  }

  /// The angle less a multiple of π/2, within ±π/4, and that multiple modulo 4. π/2 is subtracted in three
  /// parts, of which the first two have so few bits that their products are exact.
  private static func reducedAngle(_ x: Double) -> (quadrant: Int, rest: Double) {
    precondition(x.magnitude < 1e6, "An angle of \(x) radians is outside the range of the reduction.")
    let turns = (x * 0x1.45f306dc9c883p-1).rounded(.toNearestOrEven)
    let rest = ((x - turns * 0x1.921fb544p+0) - turns * 0x1.0b4611a0p-34) - turns * 0x1.898cc51701b84p-64
    return (Int(turns) & 3, rest)
  }

  private static func sinSmall(_ r: Double) -> Double {
    let z = r * r
    var sum = 1.0 / 355_687_428_096_000
    sum = sum * z - 1.0 / 1_307_674_368_000
    sum = sum * z + 1.0 / 6_227_020_800
    sum = sum * z - 1.0 / 39_916_800
    sum = sum * z + 1.0 / 362_880
    sum = sum * z - 1.0 / 5_040
    sum = sum * z + 1.0 / 120
    sum = sum * z - 1.0 / 6
    return r + r * z * sum
  }

  private static func cosSmall(_ r: Double) -> Double {
    let z = r * r
    var sum = 1.0 / 20_922_789_888_000
    sum = sum * z - 1.0 / 87_178_291_200
    sum = sum * z + 1.0 / 479_001_600
    sum = sum * z - 1.0 / 3_628_800
    sum = sum * z + 1.0 / 40_320
    sum = sum * z - 1.0 / 720
    sum = sum * z + 1.0 / 24
    return 1 - (0.5 * z - z * z * sum)
  }
}
