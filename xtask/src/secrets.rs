//! `cargo xtask secrets`: a scanner looks at every file that git knows, with rules for Bitrix24 beside its own.
//!
//! A scanner that is never seen to find anything may be asleep: each run plants a secret of each kind in a copy and
//! expects it to be found. Nothing is sent anywhere: findings are not tried out.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::clients::install;
use crate::project::Project;
use crate::{say, step};

/// Where the scanner's own list and our rules are.
const RULES: &str = ".ci/secrets/bitrix24.yml";
const LIST: &str = ".ci/secrets/requirements.txt";
/// What the scanner says when it found something.
const FOUND: i32 = 200;

/// Looks at all files, or at those that are about to be committed.
pub(crate) fn run(project: &Project, staged: bool) -> Result<bool, String> {
    let scanner = Scanner::install(project)?;
    let tree = scanner.folder.join("tree");
    export(project, &tree, staged)?;
    let clean = scanner.finds_nothing(&tree)?;
    if !clean {
        say::note("a secret is in the tree: take it out, and treat it as leaked (rotate it)");
    }
    if staged {
        return Ok(clean);
    }
    let awake = scanner.is_awake()?;
    Ok(clean && awake)
}

/// Writes the files as git has them: what is ignored is not looked at.
fn export(project: &Project, to: &Path, staged: bool) -> Result<(), String> {
    let told = |e: std::io::Error| format!("cannot write {}: {e}", to.display());
    if to.exists() {
        fs::remove_dir_all(to).map_err(told)?;
    }
    fs::create_dir_all(to).map_err(told)?;
    let mut git = Command::new("git");
    let prefix = format!("--prefix={}/", to.display());
    git.current_dir(&project.root).args(["checkout-index", "--force", &prefix]);
    if staged {
        let mut diff = Command::new("git");
        diff.args(["diff", "--cached", "--name-only", "--diff-filter=d"]).current_dir(&project.root);
        let names = step::output(&mut diff)?;
        if names.trim().is_empty() {
            return Ok(());
        }
        git.arg("--").args(names.lines());
    } else {
        git.arg("--all");
    }
    step::output(&mut git).map(drop)
}

/// The scanner, in a folder of its own.
struct Scanner {
    folder: PathBuf,
    program: PathBuf,
    rules: PathBuf,
}

impl Scanner {
    fn install(project: &Project) -> Result<Self, String> {
        let folder = project.tools().join("secrets");
        fs::create_dir_all(&folder).map_err(|e| format!("cannot create {}: {e}", folder.display()))?;
        let list = project.root.join(LIST);
        let wanted = fs::read(&list).map_err(|e| format!("cannot read {LIST}: {e}"))?;
        let installed = folder.join("installed.txt");
        if !fs::read(&installed).is_ok_and(|had| had == wanted) {
            install::need("python3", &["-c", "import ensurepip, venv"], &["python3", "python3-venv"])?;
            let mut venv = Command::new("python3");
            let made =
                step::run("python3 -m venv (secrets)", venv.args(["-m", "venv"]).arg(folder.join(".venv")))?;
            let mut pip = Command::new(folder.join(".venv/bin/pip"));
            pip.args(["install", "--quiet", "--requirement"]).arg(&list);
            if !made || !step::run("pip install (secrets)", &mut pip)? {
                return Err("the secret scanner could not be installed: nothing was looked at".into());
            }
            fs::write(&installed, wanted).map_err(|e| format!("cannot note what was installed: {e}"))?;
        }
        let program = folder.join(".venv/bin/kingfisher");
        Ok(Self { program, rules: project.root.join(RULES), folder })
    }

    /// Whether the scanner has nothing to say about a folder. Anything but a clear answer is an error.
    fn finds_nothing(&self, tree: &Path) -> Result<bool, String> {
        let mut scan = Command::new(&self.program);
        scan.arg("scan").arg(tree).arg("--rules-path").arg(&self.rules);
        scan.args(["--no-validate", "--no-update-check", "--git-history=none", "--quiet", "--redact"]);
        match step::code("kingfisher scan", &mut scan)? {
            Some(0) => Ok(true),
            Some(FOUND) => Ok(false),
            other => Err(format!("the secret scanner failed: it ended with {other:?}")),
        }
    }

    /// Whether it finds what was planted, each secret in a folder of its own.
    fn is_awake(&self) -> Result<bool, String> {
        let mut awake = true;
        for (kind, secret) in planted() {
            let folder = self.folder.join("planted").join(kind);
            fs::create_dir_all(&folder).map_err(|e| format!("cannot create {}: {e}", folder.display()))?;
            fs::write(folder.join("notes.txt"), secret).map_err(|e| format!("cannot plant a secret: {e}"))?;
            let found = !self.finds_nothing(&folder)?;
            say::line(&format!("{} a planted {kind} is found", if found { "PASS" } else { "FAIL" }));
            awake &= found;
        }
        Ok(awake)
    }
}

/// Secrets that open nothing. Put together here, so that this file holds none.
fn planted() -> [(&'static str, String); 3] {
    let letters = |count: usize, seed: usize| -> String {
        (0..count).map(|i| char::from(b"q7w3e9r1t5y8u2i4o6p0asdfghjk"[(i * 11 + seed * 7) % 28])).collect()
    };
    let digits = |count: usize| -> String {
        (0..count).map(|i| char::from(b"0f3a9c71e5b8d264"[(i * 7 + i / 5) % 16])).collect()
    };
    [
        ("webhook", format!("call https://acme.bitrix24.com/rest/1/{}/tasks.task.list", letters(16, 1))),
        ("oauth-token", format!("{{\"access_token\": \"{}\"}}", digits(70))),
        ("client-secret", format!("client_secret={}", letters(50, 2))),
    ]
}
