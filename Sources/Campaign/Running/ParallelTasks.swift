import Dispatch
import Synchronization

/// Independent tasks over the cores, whose results come in the order of the tasks however they are run.
enum ParallelTasks {
  /// - Parameters:
  ///   - count: how many tasks there are.
  ///   - jobs: how many run at the same time; at least 1.
  ///   - task: makes the result of a task by its number; nil where it was abandoned.
  static func results<Value: Sendable>(
    _ count: Int, jobs: Int, _ task: @escaping @Sendable (Int) -> Value?
  ) -> [Value?] {
    let results = Mutex([Value?](repeating: nil, count: count))
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: max(1, min(jobs, count))) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        let value = task(index)
        results.withLock { $0[index] = value }
      }
    }
    return results.withLock { $0 }
  }
}
