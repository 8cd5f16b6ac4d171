//! The same portal behind TLS.

use std::net::SocketAddr;
use std::sync::Arc;

use b24_sim::{Fault, Settings};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto::ring};

use crate::house::{House, settings};
use crate::http::{exchange_over, status};

async fn house() -> House {
    House::with(Settings { tls_listen: Some("127.0.0.1:0".parse().expect("an address")), ..settings() }).await
}

/// Sends a POST through TLS to the portal by one of its names, trusting its authority or nobody.
async fn post(house: &House, name: &str, trust: bool, path: &str, body: &str) -> Option<(String, Vec<u8>)> {
    let mut roots = RootCertStore::empty();
    if trust {
        let pem = house.portal.ca_pem().expect("an authority");
        let certificate = CertificateDer::from_pem_slice(pem.as_bytes()).expect("PEM");
        roots.add(certificate).expect("a certificate");
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let url = house.portal.tls_url().expect("an address");
    let to: SocketAddr = url.trim_start_matches("https://").parse().expect("an address");
    let stream = TcpStream::connect(to).await.expect("the portal listens");
    let name = ServerName::try_from(name.to_owned()).expect("a name");
    let stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await.ok()?;
    exchange_over(stream, &to.to_string(), "POST", path, "Content-Type: application/json", body.as_bytes())
        .await
}

#[tokio::test]
async fn both_listeners_serve_one_world() {
    let house = house().await;
    let body = json!({ "fields": { "TITLE": "sealed", "RESPONSIBLE_ID": 1 } }).to_string();

    let mut ids = Vec::new();
    for name in ["127.0.0.1", "localhost"] {
        let path = house.hook_path("tasks.task.add");
        let (head, bytes) = post(&house, name, true, &path, &body).await.expect("an answer");
        let answer: Value = serde_json::from_slice(&bytes).expect("JSON");
        ids.push((status(&head), answer["result"]["task"]["id"].clone()));
    }
    let plain = house.result("tasks.task.get", json!({ "taskId": 42, "select": ["TITLE"] })).await;

    assert_eq!(ids, [(200, json!("41")), (200, json!("42"))]);
    assert_eq!(plain["task"]["title"], "sealed");
}

#[tokio::test]
async fn who_does_not_trust_the_authority_sends_nothing() {
    let house = house().await;

    let answer = post(&house, "localhost", false, &house.hook_path("profile"), "{}").await;

    assert_eq!((answer, house.portal.traffic()), (None, vec![]));
}

#[tokio::test]
async fn connections_are_cut_within_tls_as_without_it() {
    let house = house().await;
    house.portal.faults().once("profile", Fault::DropAfter);
    house.portal.faults().once("profile", Fault::Half);
    let path = house.hook_path("profile");

    let dropped = post(&house, "localhost", true, &path, "{}").await;
    let (head, half) = post(&house, "localhost", true, &path, "{}").await.expect("a head");

    assert_eq!((dropped, status(&head)), (None, 200));
    let promised: usize = crate::http::header(&head, "content-length")
        .and_then(|length| length.parse().ok())
        .expect("a length");
    assert_eq!(half.len(), promised / 2);
}

#[tokio::test]
async fn the_certificate_is_written_where_a_client_can_read_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ca.pem");
    let house = House::with(Settings {
        tls_listen: Some("127.0.0.1:0".parse().expect("an address")),
        cert_out: Some(path.clone()),
        ..settings()
    })
    .await;

    let written = std::fs::read_to_string(&path).expect("the certificate");

    assert_eq!(Some(written.as_str()), house.portal.ca_pem());
    assert!(!written.contains("PRIVATE"));
}
