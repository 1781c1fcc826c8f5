//! The answer of `/v1/models`.

use crate::error::RemoteError;
use serde_json::Value;

/// Most names that are taken.
const MOST: usize = 2_000;

/// The names of the models, in the server's order.
///
/// # Errors
/// [`RemoteError`] for an answer that is an error, or no list of models.
pub fn models(status: u16, body: &str) -> Result<Vec<String>, RemoteError> {
    if !(200..300).contains(&status) {
        return Err(RemoteError::from_status(status, body, None));
    }
    let value: Value = serde_json::from_str(body)
        .map_err(|_| RemoteError::protocol("the list of models is not JSON"))?;
    let list = value.get("data").or_else(|| value.get("models")).unwrap_or(&value);
    let list = list.as_array().ok_or_else(|| {
        RemoteError::from_value(&value)
            .unwrap_or_else(|| RemoteError::protocol("there is no list of models in the answer"))
    })?;
    let name = |model: &Value| {
        let name = ["id", "name", "model"].iter().find_map(|key| model.get(key)).unwrap_or(model);
        name.as_str().map(str::to_owned)
    };
    let mut names = Vec::new();
    for name in list.iter().filter_map(name).take(MOST) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    #[test]
    fn lists_of_every_server_are_read() {
        for body in [
            r#"{"object":"list","data":[{"id":"a"},{"id":"b"},{"id":"a"}]}"#,
            r#"{"models":[{"name":"a"},{"model":"b"}]}"#,
            r#"["a","b"]"#,
        ] {
            assert_eq!(models(200, body), Ok(vec!["a".to_owned(), "b".to_owned()]), "{body}");
        }
        let kind = |status, body| models(status, body).map_err(|error| error.kind);
        assert_eq!(kind(200, "<html>"), Err(Kind::Protocol));
        assert_eq!(kind(200, "{}"), Err(Kind::Protocol));
        assert_eq!(kind(401, ""), Err(Kind::Auth));
    }
}
