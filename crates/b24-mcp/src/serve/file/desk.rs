//! Tickets: each opens one file, once, within five minutes, for whoever has it.
//!
//! A ticket is 256 random bits and is kept as its hash. What it opens was settled when it was made: it acts for the caller
//! who asked for it, in front of the same portal, and passes every gate once more when it is used.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use b24_model::PortalHost;
use b24_tools::{FileOnTask, LinkDesk, OneUse};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use crate::{door::visitor::Visitor, serve::reach::Reach};

/// How long a ticket is good.
const MINUTES: u32 = 5;
/// How many unused tickets one caller may have. The oldest makes room.
const MOST: usize = 32;

/// The tickets that nobody has used yet.
pub(crate) struct Tickets {
    /// Where they are used: `https://mcp.example.com/files/`.
    base: String,
    open: Mutex<HashMap<[u8; 32], Ticket>>,
}

/// What a ticket opens, and for whom.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ticket {
    pub(super) visitor: Visitor,
    /// What the request may reach that the ticket was made for.
    pub(super) reach: Reach,
    pub(super) portal: PortalHost,
    pub(super) file: FileOnTask,
    until: Instant,
}

impl Tickets {
    /// No tickets yet. `base` is the address below which they are used, with a slash at its end.
    pub(crate) fn new(base: String) -> Arc<Self> {
        Arc::new(Self { base, open: Mutex::default() })
    }

    /// Makes a ticket. `None` when the machine has no randomness to give.
    fn issue(&self, desk: &Desk, file: FileOnTask, now: Instant) -> Option<String> {
        let mut bits = [0; 32];
        getrandom::fill(&mut bits).ok()?;
        let text = URL_SAFE_NO_PAD.encode(bits);
        let until = now + Duration::from_secs(u64::from(MINUTES) * 60);
        let Desk { visitor, reach, portal, .. } = desk;
        let (label, portal) = (visitor.caller.label.as_str(), portal.clone());
        let ticket = Ticket { visitor: visitor.clone(), reach: reach.clone(), portal, file, until };
        let mut open = self.open();
        open.retain(|_, ticket| now < ticket.until);
        let own = || open.iter().filter(|(_, ticket)| ticket.visitor.caller.label == label);
        let oldest = own().min_by_key(|(_, ticket)| ticket.until).map(|(hash, _)| *hash);
        if let Some(oldest) = oldest.filter(|_| own().count() >= MOST) {
            open.remove(&oldest);
        }
        open.insert(hash(&text), ticket);
        Some(text)
    }

    /// Uses a ticket up. `None` alike for one that was used, is too old, or never was.
    pub(super) fn redeem(&self, text: &str, now: Instant) -> Option<Ticket> {
        self.open().remove(&hash(text)).filter(|ticket| now < ticket.until)
    }

    /// Whether a ticket would open something now. It stays unused.
    pub(super) fn is_open(&self, text: &str, now: Instant) -> bool {
        self.open().get(&hash(text)).is_some_and(|ticket| now < ticket.until)
    }

    fn open(&self) -> MutexGuard<'_, HashMap<[u8; 32], Ticket>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn hash(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// The desk for one caller in front of one portal.
pub(crate) struct Desk {
    pub(crate) tickets: Arc<Tickets>,
    pub(crate) visitor: Visitor,
    pub(crate) reach: Reach,
    pub(crate) portal: PortalHost,
}

impl LinkDesk for Desk {
    fn issue(&self, file: FileOnTask) -> Option<OneUse> {
        let ticket = self.tickets.issue(self, file, Instant::now())?;
        Some(OneUse { url: format!("{}{ticket}", self.tickets.base), minutes: MINUTES })
    }
}

#[cfg(test)]
mod tests {
    use b24_model::{FileId, TaskId};
    use b24_tools::{Policy, View};

    use super::*;

    fn issue(tickets: &Arc<Tickets>, label: &str, file: u64, now: Instant) -> String {
        let desk = Desk {
            tickets: Arc::clone(tickets),
            visitor: Visitor::named(label),
            reach: Reach { policy: Policy::default(), view: View::Full },
            portal: PortalHost::parse("acme.example").expect("a host"),
        };
        let (task, file) = (TaskId::new(1).expect("an id"), FileId::new(file).expect("an id"));
        tickets.issue(&desk, FileOnTask { task, file }, now).expect("randomness")
    }

    #[test]
    fn a_ticket_opens_its_file_once_for_its_caller() {
        let (tickets, now) = (Tickets::new(String::new()), Instant::now());
        let ticket = issue(&tickets, "anna", 7, now);
        assert_eq!(ticket.len(), 43, "256 bits");
        assert!(tickets.is_open(&ticket, now) && tickets.is_open(&ticket, now), "looking does not use it up");
        let opened = tickets.redeem(&ticket, now).expect("the first use");
        let told = (opened.visitor.caller.label.as_str(), opened.portal.as_str(), opened.file.to_string());
        assert_eq!(told, ("anna", "acme.example", "b24://task/1/file/7".to_owned()));
        assert_eq!(tickets.redeem(&ticket, now), None);
        assert!(!tickets.is_open(&ticket, now));
    }

    #[test]
    fn a_ticket_is_good_for_five_minutes() {
        let (tickets, now) = (Tickets::new(String::new()), Instant::now());
        let ticket = issue(&tickets, "anna", 7, now);
        let (just, late) = (now + Duration::from_secs(299), now + Duration::from_secs(300));
        assert!(tickets.is_open(&ticket, just) && !tickets.is_open(&ticket, late));
        assert_eq!(tickets.redeem(&ticket, late), None);
        assert!(tickets.redeem(&issue(&tickets, "anna", 7, now), just).is_some());
    }

    #[test]
    fn one_caller_has_a_bounded_number_of_tickets_and_others_lose_none() {
        let (tickets, now) = (Tickets::new(String::new()), Instant::now());
        let other = issue(&tickets, "boris", 1, now);
        let at = |n: usize| now + Duration::from_millis(n as u64);
        let own: Vec<String> = (0..=MOST).map(|n| issue(&tickets, "anna", 1, at(n))).collect();
        let open: Vec<bool> = own.iter().map(|ticket| tickets.is_open(ticket, at(MOST))).collect();
        assert!(!open[0] && open[1..].iter().all(|open| *open));
        assert!(tickets.is_open(&other, at(MOST)));
        assert_eq!(tickets.open().len(), MOST + 1);
    }

    #[test]
    fn what_is_kept_opens_nothing() {
        let (tickets, now) = (Tickets::new(String::new()), Instant::now());
        let ticket = issue(&tickets, "anna", 7, now);
        let kept = format!("{:?}", tickets.open());
        assert!(!kept.contains(&ticket));
        let hex: String = hash(&ticket).iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(tickets.redeem(&hex, now).is_none());
    }
}
