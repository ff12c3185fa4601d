use api_support::{Number, Operation};
use membership_apis::control::models::{
    AnswerCoverage, AnsweredBy, ApiCoverage, ApiName, Coverage as Report, OperationCoverage, Reached,
    UndocumentedAnswer,
};

use super::{By, Pair, Seen, Times};
use crate::journal::count;
use crate::served::{APIS, Served};

/// What was seen, of all APIs or one.
pub(super) fn report(seen: &Seen, only: Option<ApiName>, violations: u64) -> Report {
    let named = APIS.iter().zip(0_u8..).filter_map(|(served, position)| {
        let name: ApiName = served.name.parse().ok()?;
        only.is_none_or(|only| only == name)
            .then_some((name, position, *served))
    });
    let named: Vec<_> = named.collect();
    let apis: Vec<_> = named
        .iter()
        .map(|(name, position, served)| of_api(seen, *name, *position, served))
        .collect();
    let undocumented = seen.undocumented.iter().filter_map(|(answer, times)| {
        let (name, _, served) = named.iter().find(|(_, position, _)| *position == answer.api)?;
        let operation = served.operations.get(usize::from(answer.operation))?;
        Some(UndocumentedAnswer {
            api: *name,
            operation: operation.id.to_owned(),
            status: answer.status.into(),
            times: count(*times),
            by: match answer.by {
                By::Api => AnsweredBy::Api,
                By::Forced => AnsweredBy::Forced,
                By::Fault => AnsweredBy::Fault,
            },
        })
    });
    let pairs = apis.iter().map(|api| api.pairs).sum();
    let reached = apis.iter().map(|api| api.reached).sum();
    Report {
        pairs,
        reached,
        percent: percent(reached, pairs),
        undocumented: undocumented.collect(),
        apis,
        violations: count(violations),
        recorded: true,
    }
}

fn of_api(seen: &Seen, api: ApiName, position: u8, served: &Served) -> ApiCoverage {
    let operations = served.operations.iter().zip(0_u8..);
    let operations: Vec<_> = operations
        .map(|(operation, index)| OperationCoverage {
            operation: operation.id.to_owned(),
            method: operation.method.to_string(),
            path: format!("{}{}", served.base_path, operation.path),
            answers: answers(seen, operation, position, index),
        })
        .collect();
    let answers = operations.iter().flat_map(|operation| &operation.answers);
    let pairs: Vec<_> = answers.filter(|answer| !answer.addition).collect();
    let how_many = |is: fn(&AnswerCoverage) -> bool| {
        let counted = pairs.iter().filter(|answer| is(answer)).count();
        i64::try_from(counted).unwrap_or(i64::MAX)
    };
    let all = how_many(|_| true);
    let reached = how_many(|answer| answer.reached != Reached::Never);
    ApiCoverage {
        api,
        pairs: all,
        reached,
        genuine: how_many(|answer| answer.reached == Reached::Genuine),
        percent: percent(reached, all),
        operations,
    }
}

fn answers(seen: &Seen, operation: &Operation, api: u8, position: u8) -> Vec<AnswerCoverage> {
    let responses = operation.responses.iter().zip(0_u8..);
    let answers = responses.map(|(response, index)| {
        let pair = Pair {
            api,
            operation: position,
            response: index,
        };
        let times = seen.pairs.get(&pair).copied().unwrap_or_default();
        AnswerCoverage {
            status: response.status.to_string(),
            addition: operation.addition.is_some() || response.addition.is_some(),
            reached: times.best(),
            genuine: count(times.genuine),
            forced: count(times.forced),
            fault: count(times.fault),
        }
    });
    answers.collect()
}

impl Times {
    fn best(self) -> Reached {
        match self {
            Self { genuine: 1.., .. } => Reached::Genuine,
            Self { forced: 1.., .. } => Reached::Forced,
            Self { fault: 1.., .. } => Reached::Fault,
            Self { .. } => Reached::Never,
        }
    }
}

/// So many of a hundred, to a tenth and never too many: a hundred is all of them.
fn percent(reached: i64, pairs: i64) -> Number {
    let tenths = (reached * 1000).checked_div(pairs).unwrap_or(1000);
    let tenths = i32::try_from(tenths).unwrap_or(1000);
    Number::new(f64::from(tenths) / 10.0).unwrap_or(Number::from(0))
}
