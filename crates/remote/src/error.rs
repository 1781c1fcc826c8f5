//! Everything that can go wrong between here and an answer, in one kind each, out of all the shapes
//! that servers give their errors.

use serde_json::Value;

/// Why there is no answer, or no more of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{}", self.kind, with_detail(&self.detail))]
pub struct RemoteError {
    pub kind: Kind,
    /// What the server said, shortened; empty when it said nothing.
    pub detail: String,
}

/// What kind of thing it is, as a sentence that says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Kind {
    #[error("The server does not accept the key. Check it in Connections.")]
    Auth,
    #[error("There is no key: the address that gives keys gave none. Check it in Connections.")]
    NoKey,
    #[error("The server knows no such address or model. Check both in Connections.")]
    NotFound,
    #[error("The account behind this key has nothing left to spend.")]
    Quota,
    #[error("The server has had too many requests.{}", wait(*after_ms))]
    RateLimited { after_ms: Option<u64> },
    #[error("The text is longer than this model reads. Select less, or choose another model.")]
    ContextTooLong,
    #[error("The server is overloaded or broken. Try again in a while.")]
    Overloaded,
    #[error("The server refuses the request.")]
    Refused,
    #[error("The connection failed or broke off. What had arrived is kept.")]
    Network,
    #[error("The server has said nothing for a while, so the request was ended.")]
    Stalled,
    #[error(
        "What came back is not the answer of a model server. Check the address in Connections."
    )]
    Protocol,
    #[error("Stopped.")]
    Cancelled,
}

impl Kind {
    /// For programs and tests.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Auth => "auth",
            Self::NoKey => "no_key",
            Self::NotFound => "not_found",
            Self::Quota => "quota",
            Self::RateLimited { .. } => "rate_limited",
            Self::ContextTooLong => "context_too_long",
            Self::Overloaded => "overloaded",
            Self::Refused => "refused",
            Self::Network => "network",
            Self::Stalled => "stalled",
            Self::Protocol => "protocol",
            Self::Cancelled => "cancelled",
        }
    }
}

impl From<Kind> for RemoteError {
    fn from(kind: Kind) -> Self {
        Self { kind, detail: String::new() }
    }
}

fn with_detail(detail: &str) -> String {
    if detail.is_empty() { String::new() } else { format!(" It says: {detail}") }
}

fn wait(after_ms: Option<u64>) -> String {
    match after_ms {
        Some(ms) => format!(" Try again in {} s.", ms.div_ceil(1_000).max(1)),
        None => " Try again in a minute.".into(),
    }
}

/// Characters of a server's own words that are shown.
const MOST_DETAIL: usize = 300;

impl RemoteError {
    /// From an answer that is not 2xx; `after_ms` is what its headers ask for, where they can be read.
    pub(crate) fn from_status(status: u16, body: &str, after_ms: Option<u64>) -> Self {
        let said = Said::from_body(body);
        let kind = said.kind(after_ms).unwrap_or(match status {
            401 | 403 => Kind::Auth,
            402 => Kind::Quota,
            404 | 405 | 410 => Kind::NotFound,
            413 => Kind::ContextTooLong,
            429 => said.rate_limited(after_ms),
            408 | 425 | 500.. => Kind::Overloaded,
            300..=399 => Kind::Protocol,
            _ => Kind::Refused,
        });
        let detail =
            if said.message.is_empty() { format!("status {status}") } else { said.message };
        Self { kind, detail: shortened(&detail) }
    }

    /// From an error object in a stream that began well. None when it is none.
    pub(crate) fn from_value(value: &Value) -> Option<Self> {
        let said = Said::from_value(value)?;
        let kind = said.kind(None).or_else(|| {
            let status = said.status?;
            Some(Self::from_status(status, "", None).kind)
        });
        Some(Self { kind: kind.unwrap_or(Kind::Overloaded), detail: shortened(&said.message) })
    }

    /// With what is known of it, shortened.
    #[must_use]
    pub fn new(kind: Kind, detail: &str) -> Self {
        Self { kind, detail: shortened(detail) }
    }

    pub(crate) fn protocol(detail: &str) -> Self {
        Self::new(Kind::Protocol, detail)
    }
}

fn shortened(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= MOST_DETAIL {
        return text;
    }
    let short: String = text.chars().take(MOST_DETAIL).collect();
    format!("{short}…")
}

/// What an error object says, whatever its shape.
#[derive(Debug, Default)]
struct Said {
    message: String,
    /// Its code and type in lower case.
    words: String,
    status: Option<u16>,
}

impl Said {
    fn from_body(body: &str) -> Self {
        let trimmed = body.trim_start();
        let parsed = serde_json::from_str(body).ok();
        let said = parsed.as_ref().and_then(Self::from_value);
        said.unwrap_or_else(|| {
            // A web page says nothing to people.
            let message = if trimmed.starts_with('<') { "" } else { trimmed };
            Self { message: message.to_owned(), ..Self::default() }
        })
    }

    /// `{"error": {message, type, code}}`, `{"error": "…"}`, `{message, code}` or
    /// `{"detail": "…"}`, alone or as the first of a list.
    fn from_value(value: &Value) -> Option<Self> {
        let value = value.get(0).unwrap_or(value);
        let inner = match value.get("error").or_else(|| value.pointer("/response/error")) {
            Some(Value::String(message)) => {
                return Some(Self { message: message.clone(), ..Self::default() });
            }
            Some(inner @ Value::Object(_)) => inner,
            _ if value.get("type").and_then(Value::as_str) == Some("error") => value,
            _ if value.get("choices").is_none()
                && value.get("message").is_some_and(Value::is_string) =>
            {
                value
            }
            _ => return value.get("detail").map(Self::from_detail),
        };
        let text = |key: &str| match inner.get(key) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        };
        let numbers = ["code", "status", "status_code"]
            .map(|key| inner.get(key).or_else(|| value.get(key)).and_then(Value::as_u64));
        let status = numbers.into_iter().flatten().find_map(|n| u16::try_from(n).ok());
        let words = format!("{} {}", text("code"), text("type")).to_lowercase();
        Some(Self { message: text("message"), words, status: status.filter(|n| *n >= 400) })
    }

    fn from_detail(detail: &Value) -> Self {
        let message = detail.as_str().map_or_else(|| detail.to_string(), str::to_owned);
        Self { message, ..Self::default() }
    }

    /// What the words say for certain.
    fn kind(&self, after_ms: Option<u64>) -> Option<Kind> {
        let says = |words: &[&str]| words.iter().any(|word| self.words.contains(word));
        let message = self.message.to_lowercase();
        let tells = |words: &[&str]| words.iter().any(|word| message.contains(word));
        if says(&["context_length_exceeded", "exceed_context_size", "string_above_max_length"])
            || tells(&["maximum context length", "exceeds the available context size"])
        {
            Some(Kind::ContextTooLong)
        } else if says(&["insufficient_quota", "billing"]) {
            Some(Kind::Quota)
        } else if says(&["invalid_api_key", "authentication", "permission", "unauthorized"]) {
            Some(Kind::Auth)
        } else if says(&["rate_limit", "too_many_requests"]) {
            Some(self.rate_limited(after_ms))
        } else if says(&["model_not_found"]) {
            Some(Kind::NotFound)
        } else if says(&["overloaded", "server_error", "unavailable"]) {
            Some(Kind::Overloaded)
        } else {
            None
        }
    }

    /// Browsers hide the header where the server does not expose it; the message often says it too.
    fn rate_limited(&self, after_ms: Option<u64>) -> Kind {
        Kind::RateLimited { after_ms: after_ms.or_else(|| delay_in(&self.message)) }
    }
}

/// "… try again in 11.05s …", "… in 350ms …", in milliseconds.
fn delay_in(message: &str) -> Option<u64> {
    let lower = message.to_lowercase();
    let (_, after) =
        lower.split_once("try again in ").or_else(|| lower.split_once("retry after "))?;
    let digits = after.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(after.len());
    let number: f64 = after[..digits].parse().ok()?;
    let unit = after[digits..].trim_start();
    let factor = match unit {
        _ if unit.starts_with("ms") || unit.starts_with("milli") => 1.0,
        _ if unit.starts_with('m') => 60_000.0,
        _ if unit.starts_with('s') => 1_000.0,
        _ => return None,
    };
    let ms = number * factor;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within an hour")]
    (0.0..3_600_000.0).contains(&ms).then_some(ms.ceil() as u64)
}

/// `retry-after-ms` and `retry-after` (seconds, or a date) as milliseconds from `now_ms`, which is
/// counted from 1970.
pub(crate) fn delay(ms: Option<&str>, after: Option<&str>, now_ms: f64) -> Option<u64> {
    let number =
        |text: &str| text.trim().parse::<f64>().ok().filter(|n| n.is_finite() && *n >= 0.0);
    let wait = ms.and_then(number).or_else(|| after.and_then(number).map(|s| s * 1_000.0));
    let wait = wait.or_else(|| Some((date_ms(after?)? - now_ms).max(0.0)))?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded")]
    Some(wait.min(86_400_000.0).ceil() as u64)
}

/// `Sun, 06 Nov 1994 08:49:37 GMT` as milliseconds since 1970.
fn date_ms(text: &str) -> Option<f64> {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let (_, date) = text.split_once(", ")?;
    let words: Vec<_> = date.split_whitespace().collect();
    let [day, month, year, time, "GMT"] = words[..] else { return None };
    let month = MONTHS.find(month).filter(|_| month.len() == 3)? / 3 + 1;
    let clock: Vec<f64> = time.split(':').filter_map(|part| part.parse().ok()).collect();
    let [hour, minute, second] = clock[..] else { return None };
    let (day, year): (i64, i64) = (day.parse().ok()?, year.parse().ok()?);
    if !(1970..10_000).contains(&year) {
        return None;
    }
    let month = i64::try_from(month).ok()?;
    // Days from 1970, with years that begin in March.
    let (y, m) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719_468;
    #[expect(clippy::cast_precision_loss, reason = "days fit")]
    Some((days as f64 * 86_400.0 + hour * 3_600.0 + minute * 60.0 + second) * 1_000.0)
}

#[cfg(test)]
mod tests;
