//! Who answers `flint edit`, `flint ask` and `flint review`: the servers that options, the environment or
//! a file name for each tier, and the playground's router between them.

use crate::server::Server;
use anyhow::{Context, Result, bail};
use flint_assist::routing::{self, Conditions, Health, Outcome, Tier, Wanted, route};
use flint_remote::{Address, Effort, Finish, Kind, Prompt, Protocol, RemoteError};
use serde::Deserialize;
use std::path::PathBuf;
use std::time::Instant;
use std::{env, fs};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Address of the server, such as http://localhost:11434/v1, whatever the task; else FLINT_SERVER,
    /// FLINT_HEAVY_SERVER and FLINT_ECONOMICAL_SERVER name one for each tier, with their models in
    /// FLINT_MODEL and so on. Keys are read from FLINT_KEY and so on.
    #[arg(long)]
    server: Option<String>,
    /// The model's name, whatever the task; else the server's first is taken where none is named.
    #[arg(long)]
    model: Option<String>,
    #[arg(long, value_enum)]
    protocol: Option<Spoken>,
    /// Who is asked instead of the tier that the task is for.
    #[arg(long, value_enum)]
    tier: Option<Named>,
    /// A file with the servers of the tiers; else FLINT_SERVERS names it, or it is
    /// ~/.config/flint/servers.json. docs/terminal.md has an example.
    #[arg(long)]
    servers: Option<PathBuf>,
    /// Seconds without a byte after which an answer counts as broken off.
    #[arg(long, default_value_t = 20.0)]
    silence: f64,
}

/// [`Protocol`] for the command line and the file.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Spoken {
    #[default]
    Chat,
    Responses,
    Completions,
}

/// [`Tier`] for the command line, without the one in the tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Named {
    Quick,
    Heavy,
    Economical,
}

/// Who answers for a tier, as the file says it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Post {
    server: String,
    model: String,
    /// The variable of the environment that has the key: a file is no place for one.
    key_from: String,
    protocol: Spoken,
    effort: Effort,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Posts {
    quick: Option<Post>,
    heavy: Option<Post>,
    economical: Option<Post>,
}

/// What came of it.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) finish: Finish,
    pub(crate) model: String,
}

/// The servers of the tiers, and what has become of requests to them.
#[derive(Debug)]
pub(crate) struct Desk {
    /// Of [`Tier::REMOTE`], in that order.
    servers: [Option<Server>; Tier::REMOTE.len()],
    /// One server was named for everything, so nothing is to be chosen.
    only: bool,
    tier: Option<Tier>,
    health: Health,
    begun: Instant,
}

impl Options {
    /// # Errors
    /// Sentences: nobody is named, or what is named is no server.
    pub(crate) fn open(&self) -> Result<Desk> {
        let only = self.server.is_some();
        let posts = if only { Posts::default() } else { self.file()? };
        let Posts { quick, heavy, economical } = posts;
        let servers = [
            self.server(quick, "FLINT")?,
            if only { None } else { self.server(heavy, "FLINT_HEAVY")? },
            if only { None } else { self.server(economical, "FLINT_ECONOMICAL")? },
        ];
        if servers.iter().all(Option::is_none) {
            bail!("name a server: --server http://localhost:11434/v1, or FLINT_SERVER");
        }
        let tier = self.tier.map(|named| match named {
            Named::Quick => Tier::Quick,
            Named::Heavy => Tier::Heavy,
            Named::Economical => Tier::Economical,
        });
        Ok(Desk { servers, only, tier, health: Health::default(), begun: Instant::now() })
    }

    /// The file's tiers; none where there is no file that nobody has named.
    fn file(&self) -> Result<Posts> {
        let named = self.servers.clone().or_else(|| Some(env::var_os("FLINT_SERVERS")?.into()));
        let folder = env::var_os("XDG_CONFIG_HOME").map(PathBuf::from);
        let usual = folder.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".config")));
        let usual = usual.map(|folder| folder.join("flint/servers.json"));
        let Some(path) = named.or(usual.filter(|path| path.is_file())) else {
            return Ok(Posts::default());
        };
        let say = || format!("cannot read the servers of {}", path.display());
        let text = fs::read_to_string(&path).with_context(say)?;
        serde_json::from_str(&text).with_context(say)
    }

    /// Options go before the environment, and that before the file.
    fn server(&self, post: Option<Post>, variable: &str) -> Result<Option<Server>> {
        let read = |what: &str| env::var(format!("{variable}_{what}")).ok();
        let of_file = post.is_some();
        let post = post.unwrap_or_default();
        let Some(address) =
            self.server.clone().or_else(|| read("SERVER")).or(of_file.then_some(post.server))
        else {
            return Ok(None);
        };
        let own = || Some(post.key_from).filter(|name| !name.is_empty());
        let key = read("KEY").or_else(|| env::var(own()?).ok());
        let model = self.model.clone().or_else(|| read("MODEL"));
        Ok(Some(Server {
            address: Address::parse(&address)?,
            model: model.unwrap_or(post.model),
            key: key.unwrap_or_default(),
            protocol: match self.protocol.unwrap_or(post.protocol) {
                Spoken::Chat => Protocol::Chat,
                Spoken::Responses => Protocol::Responses,
                Spoken::Completions => Protocol::Completions,
            },
            effort: post.effort,
            silence: self.silence,
        }))
    }
}

impl Desk {
    /// Has the task's tier answer. Before a word of it has come, another takes over where this one has
    /// used up what it has, or does not read so much; that is said, and nothing else is sent twice.
    ///
    /// # Errors
    /// Sentences.
    pub(crate) fn ask(
        &mut self,
        wanted: Wanted,
        prompt: impl Fn(&str) -> Prompt,
        mut text: impl FnMut(&str),
    ) -> Result<Answered> {
        loop {
            let (tier, server) = self.choose(wanted)?;
            let model = server.model()?;
            let mut begun = false;
            let asked = server.ask(&prompt(&model).ask, &model, |piece| {
                begun = true;
                text(piece);
            });
            match asked {
                Ok(finish) => return Ok(Answered { finish, model }),
                Err(error) if !begun && self.passes_over(tier, wanted, &error) => {
                    eprintln!("{}: {error}", tier.name());
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn choose(&self, wanted: Wanted) -> Result<(Tier, Server)> {
        let routed = self.route(wanted).map_err(|none| anyhow::anyhow!("{none}"))?;
        let server = self.server(routed.tier).context("its server is not named")?;
        if !self.only {
            eprintln!("{} ({})", routed.reason, server.address.as_str());
        }
        Ok((routed.tier, server.clone()))
    }

    fn route(&self, wanted: Wanted) -> Result<routing::Route, routing::NoRoute> {
        let server = |server: &Server| routing::Server {
            on_this_device: server.address.is_local(),
            reachable: true,
            // Whoever names a server and asks has allowed it.
            allowed: true,
        };
        let conditions = Conditions {
            online: true,
            tab: routing::Tab::default(),
            servers: std::array::from_fn(|at| self.servers[at].as_ref().map(server)),
            health: &self.health,
            now_ms: self.begun.elapsed().as_secs_f64() * 1_000.0,
        };
        route(Wanted { chosen: self.tier, ..wanted }, &conditions)
    }

    fn server(&self, tier: Tier) -> Option<&Server> {
        let at = Tier::REMOTE.iter().position(|remote| *remote == tier)?;
        self.servers[at].as_ref()
    }

    /// Whether another tier can answer instead of one that has failed so.
    fn passes_over(&mut self, tier: Tier, wanted: Wanted, error: &RemoteError) -> bool {
        let outcome = match error.kind {
            Kind::Quota => Outcome::QuotaUsedUp,
            #[expect(clippy::cast_precision_loss, reason = "within a day")]
            Kind::RateLimited { after_ms } => {
                Outcome::RateLimited { after_ms: after_ms.map(|ms| ms as f64) }
            }
            Kind::ContextTooLong => Outcome::TooLong { bytes: wanted.bytes },
            _ => return false,
        };
        let now_ms = self.begun.elapsed().as_secs_f64() * 1_000.0;
        let _ = self.health.note(tier, outcome, now_ms);
        self.route(wanted).is_ok_and(|routed| routed.tier != tier)
    }
}
