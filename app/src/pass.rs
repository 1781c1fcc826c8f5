//! What a request proves itself with: the user's key, or one that an address gives for a short time,
//! fetched when it is needed and in memory alone.

use crate::remote::{fetch, start};
use flint_remote::{Address, Kind, RemoteError, Request, Token};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestCredentials, Response};

#[derive(Clone, Debug, Default)]
pub(crate) struct Pass {
    pub(crate) key: String,
    pub(crate) mint: Option<Mint>,
}

/// An address that gives keys, and the one that it gave last.
#[derive(Clone, Debug)]
pub(crate) struct Mint {
    address: Address,
    held: Rc<RefCell<Option<Token>>>,
}

/// Why a request got no answer that can be read.
pub(crate) enum Unanswered {
    /// In the browser's words.
    Broken(JsValue),
    NoKey(RemoteError),
}

impl From<JsValue> for Unanswered {
    fn from(error: JsValue) -> Self {
        Self::Broken(error)
    }
}

impl Pass {
    pub(crate) fn is_any(&self) -> bool {
        !self.key.is_empty() || self.mint.is_some()
    }

    /// Sends a request. A key that has been here for a while and is not accepted any more is fetched
    /// anew, once.
    pub(crate) async fn send(
        &self,
        request: &Request,
        signal: Option<&AbortSignal>,
    ) -> Result<Response, Unanswered> {
        let with = async |key: &str| -> Result<Response, JsValue> {
            let begun = start(request, key, RequestCredentials::Omit, signal)?;
            JsFuture::from(begun).await?.dyn_into()
        };
        let Some(mint) = &self.mint else { return Ok(with(&self.key).await?) };
        if let Some(token) = mint.fresh() {
            let response = with(token.value()).await?;
            if response.status() != 401 {
                return Ok(response);
            }
        }
        let token = mint.renew().await.map_err(Unanswered::NoKey)?;
        Ok(with(token.value()).await?)
    }
}

impl Mint {
    pub(crate) fn new(address: Address) -> Self {
        Self { address, held: Rc::default() }
    }

    fn fresh(&self) -> Option<Token> {
        self.held.borrow().clone().filter(|token| token.is_fresh(crate::page::wall_clock_ms()))
    }

    async fn renew(&self) -> Result<Token, RemoteError> {
        self.held.take();
        let request = Request::token(&self.address);
        let answer = fetch(&request, RequestCredentials::SameOrigin).await;
        let (status, body) = answer.map_err(|reason| RemoteError::new(Kind::NoKey, &reason))?;
        let token = Token::read(status, &body, crate::page::wall_clock_ms())?;
        self.held.replace(Some(token.clone()));
        Ok(token)
    }
}
