//! The coverage for CI, in the form of JUnit's XML that Jenkins, GitLab and others read: a test suite per API, a test
//! case per pair. A pair that was never seen is skipped; an answer that is not documented is a failure, and that nothing
//! is recorded is an error.

use std::io;

use membership_apis::control::models::{
    AnsweredBy, ApiCoverage, Coverage as Report, Reached, UndocumentedAnswer,
};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};

use crate::journal::NOT_RECORDED;

type Xml = Writer<Vec<u8>>;

/// The report as XML.
pub(crate) fn junit(report: &Report) -> String {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    // Writing to memory cannot fail.
    let _ = write_all(&mut xml, report);
    String::from_utf8_lossy(&xml.into_inner()).into_owned()
}

/// The numbers of a suite, as its attributes have them.
#[derive(Clone, Copy, Default)]
struct Totals {
    tests: usize,
    failures: usize,
    skipped: usize,
}

fn write_all(xml: &mut Xml, report: &Report) -> io::Result<()> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    if !report.recorded {
        return write_not_recorded(xml);
    }
    let suites: Vec<_> = report
        .apis
        .iter()
        .map(|api| (api, failures(report, api)))
        .collect();
    let totals = suites.iter().map(|(api, failures)| Totals::of(api, failures));
    let totals = totals.fold(Totals::default(), Totals::and);
    let [tests, failures, skipped] = totals.texts();
    xml.create_element("testsuites")
        .with_attributes([
            ("name", "coverage"),
            ("tests", &*tests),
            ("failures", &*failures),
            ("errors", "0"),
            ("skipped", &*skipped),
            ("time", "0"),
        ])
        .write_inner_content(|xml| {
            for (api, failures) in &suites {
                write_suite(xml, api, failures)?;
            }
            Ok(())
        })?;
    Ok(())
}

/// One suite with one test case, which is in error.
fn write_not_recorded(xml: &mut Xml) -> io::Result<()> {
    let one_error = [
        ("name", "coverage"),
        ("tests", "1"),
        ("failures", "0"),
        ("errors", "1"),
        ("skipped", "0"),
        ("time", "0"),
    ];
    let message = format!("What was seen is not known: {NOT_RECORDED}");
    let suites = xml.create_element("testsuites").with_attributes(one_error);
    suites.write_inner_content(|xml| {
        let suite = xml.create_element("testsuite").with_attributes(one_error);
        suite.write_inner_content(|xml| {
            let case = xml.create_element("testcase").with_attributes([
                ("classname", "coverage"),
                ("name", "what is called is recorded"),
                ("time", "0"),
            ]);
            case.write_inner_content(|xml| {
                let error = xml.create_element("error");
                error
                    .with_attributes([("type", "not_recorded"), ("message", &*message)])
                    .write_empty()?;
                Ok(())
            })?;
            Ok(())
        })?;
        Ok(())
    })?;
    Ok(())
}

/// What a fault was told to send is no failure.
fn failures<'a>(report: &'a Report, api: &ApiCoverage) -> Vec<&'a UndocumentedAnswer> {
    let undocumented = report.undocumented.iter();
    undocumented
        .filter(|answer| answer.api == api.api && answer.by != AnsweredBy::Fault)
        .collect()
}

impl Totals {
    fn of(api: &ApiCoverage, failures: &[&UndocumentedAnswer]) -> Self {
        let answers = api.operations.iter().flat_map(|operation| &operation.answers);
        let pairs = answers.filter(|answer| !answer.addition);
        let (seen, never): (Vec<_>, Vec<_>) = pairs.partition(|answer| answer.reached != Reached::Never);
        Self {
            tests: seen.len() + never.len() + failures.len(),
            failures: failures.len(),
            skipped: never.len(),
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            tests: self.tests + other.tests,
            failures: self.failures + other.failures,
            skipped: self.skipped + other.skipped,
        }
    }

    fn texts(self) -> [String; 3] {
        [self.tests, self.failures, self.skipped].map(|number| number.to_string())
    }
}

fn write_suite(xml: &mut Xml, api: &ApiCoverage, failures: &[&UndocumentedAnswer]) -> io::Result<()> {
    let [tests, failed, skipped] = Totals::of(api, failures).texts();
    xml.create_element("testsuite")
        .with_attributes([
            ("name", api.api.as_str()),
            ("tests", &*tests),
            ("failures", &*failed),
            ("errors", "0"),
            ("skipped", &*skipped),
            ("time", "0"),
        ])
        .write_inner_content(|xml| {
            for operation in &api.operations {
                let class = format!("{}.{}", api.api, operation.operation);
                for answer in operation.answers.iter().filter(|answer| !answer.addition) {
                    let name = format!("{} {} → {}", operation.method, operation.path, answer.status);
                    write_case(xml, &class, &name, answer.reached)?;
                }
            }
            for answer in failures {
                write_failure(xml, answer)?;
            }
            Ok(())
        })?;
    Ok(())
}

fn write_case(xml: &mut Xml, class: &str, name: &str, reached: Reached) -> io::Result<()> {
    let case =
        xml.create_element("testcase")
            .with_attributes([("classname", class), ("name", name), ("time", "0")]);
    if reached != Reached::Never {
        case.write_empty()?;
        return Ok(());
    }
    case.write_inner_content(|xml| {
        xml.create_element("skipped")
            .with_attribute(("message", "This answer was never seen."))
            .write_empty()?;
        Ok(())
    })?;
    Ok(())
}

fn write_failure(xml: &mut Xml, answer: &UndocumentedAnswer) -> io::Result<()> {
    let class = format!("{}.{}", answer.api, answer.operation);
    let name = format!("{} is not documented", answer.status);
    let message = format!(
        "{} answered {} {}, which it does not document.",
        answer.operation,
        answer.status,
        if answer.times == 1 {
            "once".to_owned()
        } else {
            format!("{} times", answer.times)
        }
    );
    xml.create_element("testcase")
        .with_attributes([("classname", &*class), ("name", &*name), ("time", "0")])
        .write_inner_content(|xml| {
            xml.create_element("failure")
                .with_attributes([("type", "undocumented"), ("message", &*message)])
                .write_empty()?;
            Ok(())
        })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use membership_apis::control::models::ApiName;
    use quick_xml::{Reader, XmlVersion};

    use super::*;
    use crate::coverage::Coverage;

    #[test]
    fn the_report_is_well_formed_whatever_stands_in_it() {
        let mut report = Coverage::new(true).report(Some(ApiName::Clerk), 0);
        let by = |by, times| UndocumentedAnswer {
            api: ApiName::Clerk,
            operation: "<a & \"b\">".to_owned(),
            status: 418,
            times,
            by,
        };
        report.undocumented = vec![by(AnsweredBy::Api, 2), by(AnsweredBy::Fault, 1)];
        let text = junit(&report);
        let mut reader = Reader::from_str(&text);
        let (mut cases, mut failures) = (0, Vec::new());
        loop {
            match reader.read_event().unwrap() {
                Event::Eof => break,
                Event::Start(element) | Event::Empty(element) => match element.name().as_ref() {
                    "testcase" => cases += 1,
                    "failure" => failures.push(message(&element)),
                    _ => {}
                },
                _ => {}
            }
        }
        assert_eq!(cases, report.pairs + 1);
        assert_eq!(
            failures,
            ["<a & \"b\"> answered 418 2 times, which it does not document."]
        );
    }

    fn message(element: &quick_xml::events::BytesStart<'_>) -> String {
        let attribute = element.try_get_attribute("message").unwrap().unwrap();
        attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .unwrap()
            .into_owned()
    }
}
