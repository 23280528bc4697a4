import CGSL

/// The way into GSL: its error handler off, since the default one aborts the process, and every result checked.
enum GSL {
  private static let errorHandlerIsOff: Bool = {
    gsl_set_error_handler_off()
    return true
  }()

  /// What a function of GSL returns, or nil where it could not compute it and returned NaN.
  static func value(_ compute: () -> Double) -> Double? {
    precondition(errorHandlerIsOff)
    let result = compute()
    return result.isNaN ? nil : result
  }

  /// What a function of GSL with a status yields, or nil where the status is not success or the value is NaN.
  static func checkedValue(_ compute: (inout gsl_sf_result) -> Int32) -> Double? {
    precondition(errorHandlerIsOff)
    var result = gsl_sf_result()
    guard compute(&result) == GSL_SUCCESS, !result.val.isNaN else { return nil }
    return result.val
  }
}
