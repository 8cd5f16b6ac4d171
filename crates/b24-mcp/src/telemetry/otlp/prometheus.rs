//! The same metrics that Prometheus reads, in the JSON of OTLP: one count, told in two languages.
//!
//! Reads only what this program itself rendered (text exposition format 0.0.4); a line of another shape is skipped.

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::encode::{resource, scope};

/// Sums that begin with the process and never fall.
const CUMULATIVE: u8 = 2;

/// A message with everything that `text` says, counted from `began` to `now`.
pub(super) fn metrics(text: &str, began: Timestamp, now: Timestamp) -> Bytes {
    let span = Moments { began: began.as_nanosecond().to_string(), now: now.as_nanosecond().to_string() };
    let metrics: Vec<Value> = families(text).iter().filter_map(|family| family.told(&span)).collect();
    let scoped = json!({ "scope": scope(), "metrics": metrics });
    let message = json!({ "resourceMetrics": [{ "resource": resource(), "scopeMetrics": [scoped] }] });
    Bytes::from(message.to_string())
}

struct Moments {
    began: String,
    now: String,
}

/// One metric, with all its lines.
struct Family<'a> {
    name: &'a str,
    kind: &'a str,
    lines: Vec<Line<'a>>,
}

/// A line: what is counted, for which labels, and how much of it.
struct Line<'a> {
    name: &'a str,
    labels: Vec<(&'a str, String)>,
    value: f64,
}

fn families(text: &str) -> Vec<Family<'_>> {
    let mut families: Vec<Family<'_>> = Vec::new();
    for line in text.lines() {
        if let Some(said) = line.strip_prefix("# TYPE ") {
            let Some((name, kind)) = said.split_once(' ') else { continue };
            families.push(Family { name, kind, lines: Vec::new() });
        } else if let (Some(family), Some(line)) = (families.last_mut(), read(line)) {
            family.lines.push(line);
        }
    }
    families
}

/// Reads `name{label="value",…} number`.
fn read(line: &str) -> Option<Line<'_>> {
    let (head, value) = line.rsplit_once(' ').filter(|_| !line.starts_with('#'))?;
    let value = value.parse().ok()?;
    let Some((name, mut rest)) = head.split_once('{') else {
        return Some(Line { name: head, labels: Vec::new(), value });
    };
    let mut labels = Vec::new();
    while let Some((label, quoted)) = rest.split_once("=\"") {
        let (text, after) = unquote(quoted)?;
        labels.push((label, text));
        rest = after.trim_start_matches(',');
    }
    Some(Line { name, labels, value })
}

/// The text up to the closing quotation mark, and what follows it.
fn unquote(quoted: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((text, &quoted[at + 1..])),
            '\\' => match characters.next()?.1 {
                'n' => text.push('\n'),
                other => text.push(other),
            },
            other => text.push(other),
        }
    }
    None
}

impl Family<'_> {
    fn told(&self, span: &Moments) -> Option<Value> {
        let mut metric = json!({ "name": self.name, "unit": self.unit() });
        let sums = || self.lines.iter().map(|line| line.point(span)).collect::<Vec<_>>();
        match self.kind {
            "counter" => {
                let sum = json!({
                    "aggregationTemporality": CUMULATIVE, "isMonotonic": true, "dataPoints": sums(),
                });
                metric["sum"] = sum;
            }
            "gauge" => metric["gauge"] = json!({ "dataPoints": sums() }),
            "histogram" => {
                let points = self.histograms(span);
                metric["histogram"] = json!({ "aggregationTemporality": CUMULATIVE, "dataPoints": points });
            }
            _ => return None,
        }
        Some(metric)
    }

    /// Units as UCUM writes them.
    fn unit(&self) -> &'static str {
        match self.name.rsplit('_').next() {
            Some("seconds") => "s",
            Some("bytes") => "By",
            _ => "1",
        }
    }

    /// The lines of a histogram come in a row: its classes, its sum, its count.
    fn histograms(&self, span: &Moments) -> Vec<Value> {
        let mut points = Vec::new();
        let (mut bounds, mut counts, mut before, mut sum) = (Vec::new(), Vec::new(), 0.0, 0.0);
        for line in &self.lines {
            match line.name.strip_prefix(self.name) {
                Some("_bucket") => {
                    // The last class has no limit, and is not named.
                    let limit = line.labels.iter().find(|(name, _)| *name == "le");
                    bounds
                        .extend(limit.and_then(|(_, le)| le.parse::<f64>().ok()).filter(|le| le.is_finite()));
                    counts.push(whole(line.value - before));
                    before = line.value;
                }
                Some("_sum") => sum = line.value,
                Some("_count") => {
                    points.push(json!({
                        "attributes": line.attributes(),
                        "startTimeUnixNano": span.began, "timeUnixNano": span.now,
                        "count": whole(line.value), "sum": sum,
                        "bucketCounts": counts, "explicitBounds": bounds,
                    }));
                    (bounds, counts, before, sum) = (Vec::new(), Vec::new(), 0.0, 0.0);
                }
                _ => {}
            }
        }
        points
    }
}

impl Line<'_> {
    fn point(&self, span: &Moments) -> Value {
        json!({
            "attributes": self.attributes(),
            "startTimeUnixNano": span.began, "timeUnixNano": span.now,
            "asDouble": self.value,
        })
    }

    fn attributes(&self) -> Vec<Value> {
        let told = |(name, text): &(&str, String)| json!({ "key": name, "value": { "stringValue": text } });
        self.labels.iter().filter(|(name, _)| *name != "le").map(told).collect()
    }
}

/// A count. 64-bit numbers are texts in this JSON.
fn whole(count: f64) -> String {
    format!("{count:.0}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_levels_and_classes_are_told_with_their_labels() {
        let text = "# HELP a_total Calls.\n# TYPE a_total counter\na_total{tool=\"x\",say=\"a \\\"b\\\"\\\\\"} 3\n\n\
                    # TYPE b_bytes gauge\nb_bytes 1.5\n\n\
                    # TYPE c_seconds histogram\nc_seconds_bucket{tool=\"x\",le=\"0.1\"} 2\n\
                    c_seconds_bucket{tool=\"x\",le=\"1\"} 3\nc_seconds_bucket{tool=\"x\",le=\"+Inf\"} 4\n\
                    c_seconds_sum{tool=\"x\"} 9.5\nc_seconds_count{tool=\"x\"} 4\n";
        let (began, now) = (Timestamp::UNIX_EPOCH, Timestamp::from_second(1).expect("in range"));
        let message: Value = serde_json::from_slice(&metrics(text, began, now)).expect("JSON");
        let told = message["resourceMetrics"][0]["scopeMetrics"][0]["metrics"].as_array().expect("a list");
        let lines: Vec<String> = told.iter().map(ToString::to_string).collect();
        insta::assert_snapshot!(lines.join("\n"), @r#"
        {"name":"a_total","unit":"1","sum":{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[{"attributes":[{"key":"tool","value":{"stringValue":"x"}},{"key":"say","value":{"stringValue":"a \"b\"\\"}}],"startTimeUnixNano":"0","timeUnixNano":"1000000000","asDouble":3.0}]}}
        {"name":"b_bytes","unit":"By","gauge":{"dataPoints":[{"attributes":[],"startTimeUnixNano":"0","timeUnixNano":"1000000000","asDouble":1.5}]}}
        {"name":"c_seconds","unit":"s","histogram":{"aggregationTemporality":2,"dataPoints":[{"attributes":[{"key":"tool","value":{"stringValue":"x"}}],"startTimeUnixNano":"0","timeUnixNano":"1000000000","count":"4","sum":9.5,"bucketCounts":["2","1","1"],"explicitBounds":[0.1,1.0]}]}}
        "#);
    }
}
