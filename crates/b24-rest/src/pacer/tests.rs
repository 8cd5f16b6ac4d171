//! What the budgets let through, told by a clock that the tests turn.

use proptest::prelude::*;

use super::*;

const EVER: Duration = Duration::MAX;

fn seconds(seconds: f64) -> Duration {
    Duration::from_secs_f64(seconds)
}

fn pacer(burst: u32, per_second: f64, first: u32) -> Pacer {
    Pacer::new(Limits { burst, per_second, first, operating_seconds: 480.0 })
}

/// The waits of `count` requests made at once at `now`, in milliseconds.
fn waits(pacer: &mut Pacer, now: Duration, count: usize) -> Vec<u128> {
    let wait = |_| pacer.admit(now, &["m"], EVER).map_or(u128::MAX, |wait| wait.as_millis());
    (0..count).map(wait).collect()
}

#[test]
fn a_fresh_bucket_begins_low_and_fills_up_in_silence() {
    assert_eq!(waits(&mut pacer(50, 2.0, 2), Duration::ZERO, 4), [0, 0, 500, 1000]);
    let late = waits(&mut pacer(50, 2.0, 2), seconds(60.0), 52);
    assert_eq!((late[..50].iter().sum::<u128>(), &late[50..]), (0, &[500, 1000][..]));
}

#[test]
fn a_request_that_is_too_impatient_takes_no_room() {
    let mut pacer = pacer(1, 2.0, 1);
    assert_eq!(pacer.admit(Duration::ZERO, &["m"], EVER), Ok(Duration::ZERO));
    for _ in 0..3 {
        assert_eq!(pacer.admit(Duration::ZERO, &["m"], seconds(0.4)), Err(Held::Requests(seconds(0.5))));
    }
    assert_eq!(pacer.admit(Duration::ZERO, &["m"], seconds(0.5)), Ok(seconds(0.5)));
}

#[test]
fn a_portal_that_says_its_bucket_is_full_is_believed() {
    let mut pacer = pacer(50, 2.0, 50);
    pacer.turned_away(seconds(100.0));
    assert_eq!(waits(&mut pacer, seconds(100.0), 2), [500, 1000]);
}

#[test]
fn what_is_left_of_both_budgets_can_be_read_at_any_time() {
    let mut pacer = pacer(50, 2.0, 3);
    waits(&mut pacer, Duration::ZERO, 2);
    let used =
        Timing { operating: Some(120.0), operating_reset_at: Some(160), duration: None, finish: Some(100.0) };
    pacer.learn(Duration::ZERO, "m", &used);
    let left = |at: f64| (pacer.room(seconds(at)), pacer.shares(seconds(at)).collect::<Vec<_>>());
    assert_eq!(left(0.0), (Some(1), vec![("m", 0.25)]));
    assert_eq!(left(5.0), (Some(11), vec![("m", 0.25)]));
    assert_eq!(left(61.0), (Some(50), vec![("m", 0.0)]));
    assert_eq!(Pacer::new(Limits::OFF).room(Duration::ZERO), None);
}

#[test]
fn without_limits_nothing_waits() {
    let mut pacer = Pacer::new(Limits::OFF);
    pacer.turned_away(Duration::ZERO);
    let timing = Timing { operating: Some(1e9), ..Timing::default() };
    pacer.learn(Duration::ZERO, "m", &timing);
    assert_eq!(waits(&mut pacer, Duration::ZERO, 1000).iter().sum::<u128>(), 0);
}

#[test]
fn running_time_slows_near_the_limit_stops_at_it_and_is_forgotten_by_the_portals_own_clock() {
    let mut pacer = Pacer::new(Limits { operating_seconds: 480.0, ..Limits::OFF });
    let mut wait = |used: f64, now: f64| {
        let timing = Timing {
            operating: Some(used),
            operating_reset_at: Some(1_000_300),
            finish: Some(1_000_000.0),
            duration: None,
        };
        pacer.learn(Duration::ZERO, "slow", &timing);
        pacer.running_time(seconds(now), "slow").as_millis()
    };
    let told =
        [(0.0, 0.0), (384.0, 0.0), (432.0, 0.0), (479.9, 0.0), (480.0, 0.0), (700.0, 100.0), (700.0, 300.0)]
            .map(|(used, now)| wait(used, now));
    assert_eq!(told, [0, 0, 2500, 4994, 300_000, 200_000, 0]);
    assert_eq!(pacer.running_time(Duration::ZERO, "other"), Duration::ZERO);
}

#[test]
fn a_batch_waits_for_the_slowest_of_its_methods() {
    let mut pacer = Pacer::new(Limits { operating_seconds: 480.0, ..Limits::OFF });
    let timing =
        Timing { operating: Some(480.0), operating_reset_at: Some(60), finish: Some(0.0), duration: None };
    pacer.learn(Duration::ZERO, "slow", &timing);
    assert_eq!(pacer.admit(Duration::ZERO, &["batch", "slow", "fast"], EVER), Ok(seconds(60.0)));
    assert_eq!(pacer.admit(Duration::ZERO, &["slow"], seconds(59.0)), Err(Held::RunningTime(seconds(60.0))));
    assert_eq!(pacer.overtime(seconds(10.0), "slow"), Some(seconds(50.0)));
    assert_eq!(pacer.overtime(seconds(10.0), "never seen"), None);
}

proptest! {
    /// The portal's own bucket, played by the book, never overflows when every request waits as it is told.
    #[test]
    fn a_wait_that_was_told_is_enough_and_no_longer_than_needed(
        burst in 1_u32..60,
        per_second in 0.5_f64..10.0,
        gaps in prop::collection::vec(0_u64..3000, 1..200),
    ) {
        let mut pacer = pacer(burst, per_second, burst);
        let mut now = Duration::ZERO;
        let mut sent: Vec<Duration> = Vec::new();
        for gap in gaps {
            now += Duration::from_millis(gap);
            let wait = pacer.admit(now, &["m"], EVER).expect("patience without end");
            sent.push(now + wait);
        }
        let mut level = 0.0_f64;
        let mut before = Duration::ZERO;
        for moment in sent {
            prop_assert!(moment >= before, "requests keep their order");
            level = (level - (moment - before).as_secs_f64() * per_second).max(0.0) + 1.0;
            prop_assert!(level <= f64::from(burst) + 1e-4, "the bucket holds {level} of {burst}");
            before = moment;
        }
    }

    /// In any stretch of time no more goes through than a full bucket and what drains meanwhile.
    #[test]
    fn no_stretch_of_time_sees_more_than_burst_and_rate(
        burst in 1_u32..20,
        first in 0_u32..30,
        gaps in prop::collection::vec(0_u64..800, 1..120),
    ) {
        let mut pacer = pacer(burst, 2.0, first);
        let mut now = Duration::ZERO;
        let mut sent: Vec<f64> = Vec::new();
        for gap in gaps {
            now += Duration::from_millis(gap);
            sent.push((now + pacer.admit(now, &["m"], EVER).expect("patience without end")).as_secs_f64());
        }
        for (place, from) in sent.iter().enumerate() {
            for (more, to) in sent[place..].iter().enumerate() {
                let allowed = f64::from(burst) + 2.0 * (to - from);
                prop_assert!((more + 1) as f64 <= allowed + 1e-4, "{} within {} s", more + 1, to - from);
            }
        }
    }
}
