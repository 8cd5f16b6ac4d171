//! Whom the client believes to be a portal: those whom a known authority vouches for, private ones included.

use std::sync::Arc;

use b24_rest::{ConnectError, Options, Portal, methods};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::{
    ServerConfig,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};
use serde_json::json;
use tokio_rustls::TlsAcceptor;

use crate::scripted::{Server, Step, call, options, portal, soon, whole};

/// A private authority, as PEM, and a portal on this machine that it vouches for.
fn private_authority() -> (Vec<u8>, TlsAcceptor) {
    let mut authority = CertificateParams::new(Vec::new()).expect("no names");
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority =
        CertifiedIssuer::self_signed(authority, KeyPair::generate().expect("a key")).expect("a certificate");
    let key = KeyPair::generate().expect("a key");
    let names = CertificateParams::new(["127.0.0.1".to_owned()]).expect("a name");
    let certificate = names.signed_by(&key, &authority).expect("a certificate");
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("the provider knows them")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .expect("the key fits");
    (authority.pem().into_bytes(), TlsAcceptor::from(Arc::new(config)))
}

#[tokio::test]
async fn a_private_authority_is_believed_when_it_was_named_and_only_then() {
    let (authority, tls) = private_authority();
    let server = Server::behind(Some(tls), |_, _| Step::json(200, json!({"result": "hello"}))).await;
    let ask = |options| {
        let portal: Portal = portal("https", &server.host, options);
        async move { portal.call(call(&methods::task::ADD, json!({})), soon()).await }
    };
    let believed = ask(Options { ca_pem: Some(authority), ..options() }).await;
    assert_eq!(believed.expect("believed").result, json!("hello"));

    let error = ask(options()).await.expect_err("a stranger");
    assert_eq!((error.code(), error.ran()), ("PORTAL_UNREACHABLE", b24_rest::Ran::No));
    assert!(whole(&error).contains("invalid peer certificate: UnknownIssuer"), "{}", whole(&error));
    assert_eq!(server.seen().len(), 1, "a stranger is told nothing");
}

#[test]
fn a_private_authority_that_is_not_one_is_refused_before_anything_is_sent() {
    for pem in [&b""[..], b"nonsense", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        let webhook =
            b24_model::secret::WebhookUrl::parse("https://acme.example/rest/1/not-a-secret/").expect("valid");
        let refused = Portal::connect(webhook, Options { ca_pem: Some(pem.to_vec()), ..options() });
        assert!(matches!(refused, Err(ConnectError::PrivateCa)));
    }
}
