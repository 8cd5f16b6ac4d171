//! Whom we believe to be the portal: the public authorities that browsers trust, compiled in, and private ones on
//! request. Compiled in, because the container image holds no files but the program.

use std::sync::Arc;

use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};

use crate::ConnectError;

/// Settings of TLS for a client that trusts the public authorities and those in `ca_pem` (PEM certificates).
///
/// Public, so that whatever else of the program speaks HTTP believes the same authorities as the portal's client.
/// [`ConnectError::PrivateCa`] when `ca_pem` holds no readable certificate.
pub fn trusting(ca_pem: Option<&[u8]>) -> Result<ClientConfig, ConnectError> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().cloned());
    if let Some(pem) = ca_pem {
        add_private(&mut roots, pem)?;
    }
    client(roots)
}

/// Settings for a client that only speaks plain `http` to this machine: it trusts nobody, and costs nothing.
pub(crate) fn trusting_nobody() -> Result<ClientConfig, ConnectError> {
    client(RootCertStore::empty())
}

fn add_private(roots: &mut RootCertStore, pem: &[u8]) -> Result<(), ConnectError> {
    let mut found = 0;
    for certificate in CertificateDer::pem_slice_iter(pem) {
        let certificate = certificate.map_err(|_| ConnectError::PrivateCa)?;
        roots.add(certificate).map_err(|_| ConnectError::PrivateCa)?;
        found += 1;
    }
    if found == 0 { Err(ConnectError::PrivateCa) } else { Ok(()) }
}

fn client(roots: RootCertStore) -> Result<ClientConfig, ConnectError> {
    // The provider is named here, so that nothing depends on one being installed for the whole process.
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| ConnectError::Tls)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}
