use jiff::Timestamp;

/// So many calls in so much time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct RateLimit {
    pub(super) requests: u64,
    pub(super) seconds: u32,
}

/// The calls that went through since an instant.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Window {
    begun: Option<Timestamp>,
    passed: u64,
}

impl Window {
    /// Lets a call through, with `None`; or says in how many seconds calls go through again, rounded up, as
    /// `Retry-After` has it (RFC 9110, section 10.2.3).
    pub(super) fn refusal(&mut self, limit: RateLimit, now: Timestamp) -> Option<u64> {
        let length = u128::from(limit.seconds) * 1000;
        // A clock that was set back is before the beginning.
        let elapsed = self
            .begun
            .and_then(|begun| u128::try_from(now.duration_since(begun).as_millis()).ok())
            .filter(|elapsed| *elapsed < length);
        let Some(elapsed) = elapsed else {
            *self = Self {
                begun: Some(now),
                passed: 0,
            };
            return self.refusal_within(limit, length);
        };
        self.refusal_within(limit, length - elapsed)
    }

    fn refusal_within(&mut self, limit: RateLimit, milliseconds_left: u128) -> Option<u64> {
        if self.passed < limit.requests {
            self.passed += 1;
            return None;
        }
        u64::try_from(milliseconds_left.div_ceil(1000)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(milliseconds: i64) -> Timestamp {
        Timestamp::from_millisecond(milliseconds).unwrap()
    }

    #[test]
    fn so_many_calls_go_through_in_so_much_time() {
        let limit = RateLimit {
            requests: 2,
            seconds: 10,
        };
        let mut window = Window::default();
        let mut refusal = |milliseconds| window.refusal(limit, at(milliseconds));
        assert_eq!(refusal(5_000), None);
        assert_eq!(refusal(6_000), None);
        assert_eq!(refusal(6_000), Some(9));
        assert_eq!(refusal(6_001), Some(9));
        assert_eq!(refusal(14_999), Some(1));
        assert_eq!(refusal(15_000), None);
        assert_eq!(refusal(20_000), None);
        assert_eq!(refusal(20_000), Some(5));
    }

    #[test]
    fn a_clock_that_is_set_back_begins_anew() {
        let limit = RateLimit {
            requests: 1,
            seconds: 10,
        };
        let mut window = Window::default();
        assert_eq!(window.refusal(limit, at(5_000)), None);
        assert_eq!(window.refusal(limit, at(4_999)), None);
        assert_eq!(window.refusal(limit, at(5_000)), Some(10));
    }

    #[test]
    fn where_no_call_goes_through_none_does() {
        let limit = RateLimit {
            requests: 0,
            seconds: 1,
        };
        let mut window = Window::default();
        assert_eq!(window.refusal(limit, at(0)), Some(1));
        assert_eq!(window.refusal(limit, at(1_000)), Some(1));
        assert_eq!(window.refusal(limit, Timestamp::MAX), Some(1));
    }
}
