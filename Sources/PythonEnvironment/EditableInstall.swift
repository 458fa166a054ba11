package import Diagnostics
import Packaging

/// A distribution that runs from the folder that it is developed in, and what version control says about that folder.
package struct EditableInstall: Hashable, Sendable {
  /// What a requirement can say of the folder.
  package enum Checkout: Hashable, Sendable {
    case none
    /// `git` or `hg`; `url` holds no password. `subdirectory` is the way from the repository to the project.
    case revision(system: String, url: String, commit: String, subdirectory: String?)
    /// A Git repository that was cloned from nowhere.
    case noRemote
    /// One whose remote is neither a URL nor a folder that exists.
    case badRemote(String)
    /// One without a commit, or with one that could not be read.
    case unknown
  }

  /// The folder, as its own file system calls it.
  package let location: SourcePath
  package let checkout: Checkout

  package init(location: SourcePath, checkout: Checkout) {
    self.location = location
    self.checkout = checkout
  }

  /// Looks at `location`, a path of `root`; no program is started.
  init(of location: SourcePath, in root: FileRoot) {
    let folder = root.place(of: location)
    self.location = location
    switch (GitCheckout(containing: folder, in: root), MercurialCheckout(containing: folder)) {
    case (let git?, let mercurial?):
      checkout =
        git.workFolder.bytes.count >= mercurial.workFolder.bytes.count
        ? git.described(from: folder) : mercurial.described(from: folder)
    case (let git?, nil): checkout = git.described(from: folder)
    case (nil, let mercurial?): checkout = mercurial.described(from: folder)
    case (nil, nil): checkout = .none
    }
  }
}
