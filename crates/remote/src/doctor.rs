//! What is wrong with a connection, told from what a browser or a program can see of it.

use crate::error::{Kind, RemoteError};

/// What was seen when the list of models was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Probe {
    /// The page is served encrypted; browsers then send nothing unencrypted beyond this machine.
    pub page_is_secure: bool,
    pub address_is_secure: bool,
    pub address_is_local: bool,
    /// The device says that it has no network.
    pub offline: bool,
    /// The page's policy does not have this address yet.
    pub needs_reload: bool,
    /// Whether a request whose answer nobody may read arrived; None where that cannot be tried.
    pub reaches_without_reading: Option<bool>,
    /// The list's outcome; None when there was no answer that could be read.
    pub models: Option<Result<Vec<String>, RemoteError>>,
}

/// What to tell the user.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Diagnosis {
    #[error("It works: the server has {models} model{}.", if *models == 1 { "" } else { "s" })]
    Works { models: usize },
    #[error("It answers, but lists no models. Write the model's name yourself.")]
    NoModels,
    #[error(
        "This address is new to the page, which may only reach addresses that it knew when it loaded. Reload to use it; your text is kept."
    )]
    NeedsReload,
    #[error("This device is offline.")]
    Offline,
    #[error(
        "The page is encrypted and the address is not, so the browser sends nothing there. Use https://, or open this page from your own machine."
    )]
    MixedContent,
    #[error(
        "The server is there, but does not allow this page to read its answers. Allow this page's address in its CORS settings, with the headers authorization and content-type."
    )]
    Cors,
    #[error("Nothing answers at this address. Is the server running, and is the address right?")]
    Unreachable,
    #[error(
        "Nothing answers that this page may read: the server is not running, or does not allow this page (CORS)."
    )]
    UnreachableOrCors,
    #[error("The server wants a key, or does not accept this one.")]
    Key,
    #[error("A server answers, but not at this path. Most have /v1 at the end.")]
    WrongPath,
    #[error("Something answers, but it is no model server: {0}")]
    NotAServer(String),
    #[error("{0}")]
    Other(RemoteError),
}

/// The first thing that is wrong.
#[must_use]
pub fn diagnose(probe: &Probe) -> Diagnosis {
    match &probe.models {
        Some(Ok(models)) if models.is_empty() => Diagnosis::NoModels,
        Some(Ok(models)) => Diagnosis::Works { models: models.len() },
        Some(Err(error)) => match error.kind {
            Kind::Auth => Diagnosis::Key,
            Kind::NotFound => Diagnosis::WrongPath,
            Kind::Protocol => Diagnosis::NotAServer(error.detail.clone()),
            _ => Diagnosis::Other(error.clone()),
        },
        None if probe.needs_reload => Diagnosis::NeedsReload,
        None if probe.page_is_secure && !probe.address_is_secure && !probe.address_is_local => {
            Diagnosis::MixedContent
        }
        None if probe.offline && !probe.address_is_local => Diagnosis::Offline,
        None => match probe.reaches_without_reading {
            Some(true) => Diagnosis::Cors,
            Some(false) => Diagnosis::Unreachable,
            None => Diagnosis::UnreachableOrCors,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_has_its_own_name() {
        let local = Probe { address_is_local: true, ..Probe::default() };
        let failed = |kind: Kind| Probe { models: Some(Err(kind.into())), ..Probe::default() };
        for (probe, expected) in [
            (
                Probe { models: Some(Ok(vec!["a".into()])), ..local.clone() },
                Diagnosis::Works { models: 1 },
            ),
            (Probe { models: Some(Ok(vec![])), ..local.clone() }, Diagnosis::NoModels),
            (Probe { needs_reload: true, offline: true, ..local.clone() }, Diagnosis::NeedsReload),
            (Probe { page_is_secure: true, ..Probe::default() }, Diagnosis::MixedContent),
            (
                Probe { offline: true, address_is_secure: true, ..Probe::default() },
                Diagnosis::Offline,
            ),
            (
                Probe { offline: true, reaches_without_reading: Some(true), ..local.clone() },
                Diagnosis::Cors,
            ),
            (
                Probe { reaches_without_reading: Some(false), ..local.clone() },
                Diagnosis::Unreachable,
            ),
            (local, Diagnosis::UnreachableOrCors),
            (failed(Kind::Auth), Diagnosis::Key),
            (failed(Kind::NotFound), Diagnosis::WrongPath),
            (failed(Kind::Protocol), Diagnosis::NotAServer(String::new())),
            (failed(Kind::Overloaded), Diagnosis::Other(Kind::Overloaded.into())),
        ] {
            assert_eq!(diagnose(&probe), expected);
        }
    }
}
