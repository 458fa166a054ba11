import Glibc
import Host

/// Runs `body` on a thread of its own that reaches files as the user `nobody`, even in tests that root runs.
///
/// Linux keeps that user per thread (setfsuid(2)), so that tests beside it are not touched.
package func onUnprivilegedThread<T: Sendable>(_ body: @escaping @Sendable () -> T) async -> T {
  await onOwnThread {
    // SAFETY: the function's type is the one of sys/fsuid.h, which the Glibc module leaves out.
    typealias SetUser = @convention(c) (uid_t) -> CInt
    guard let setUser = dlsym(nil, "setfsuid").map({ unsafeBitCast($0, to: SetUser.self) }) else { return body() }
    let before = setUser(65534)
    defer { _ = setUser(uid_t(before)) }
    return body()
  }
}
