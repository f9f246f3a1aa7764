use std::collections::HashMap;
use std::time::Duration;
use tinyjson::JsonValue;

use crate::downstream::Downstream;
use crate::protocol::fail;

type Object = HashMap<String, JsonValue>;

/// The program's argument. Fields that a workload kind does not have are 0.
#[derive(Clone, Debug)]
pub struct Workload {
    fields: Object,
}

impl Workload {
    pub fn parse(text: &str) -> Workload {
        match text.parse() {
            Ok(JsonValue::Object(fields)) => Workload { fields },
            _ => fail("the workload is not a JSON object"),
        }
    }

    /// The workload of one `go {...}` line.
    pub fn with(&self, line: &str) -> Workload {
        let mut changed = self.clone();
        let changes = line.strip_prefix("go").unwrap_or("").trim();
        if !changes.is_empty() {
            changed.fields.extend(Workload::parse(changes).fields);
        }
        changed
    }

    pub fn kind(&self) -> &str {
        text(&self.fields, "kind").unwrap_or("")
    }

    pub fn host(&self) -> &str {
        text(&self.fields, "host").unwrap_or("127.0.0.1")
    }

    pub fn count(&self, name: &str) -> usize {
        number(&self.fields, name).max(0.0) as usize
    }

    pub fn milliseconds(&self, name: &str) -> Duration {
        Duration::from_secs_f64(number(&self.fields, name).max(0.0) / 1e3)
    }

    pub fn downstream(&self) -> Option<Downstream> {
        let target: &Object = self.fields.get("downstream")?.get()?;
        let host = text(target, "host")?;
        let port = number(target, "port") as u16;
        let ms = number(&self.fields, "ioMs");
        Some(Downstream {
            address: format!("{host}:{port}"),
            request: format!("{ms}\n"),
        })
    }
}

fn text<'a>(fields: &'a Object, name: &str) -> Option<&'a str> {
    fields.get(name)?.get::<String>().map(String::as_str)
}

fn number(fields: &Object, name: &str) -> f64 {
    let value = fields.get(name).and_then(|value| value.get::<f64>());
    value.copied().unwrap_or(0.0)
}
