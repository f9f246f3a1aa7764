use serde_json::Value;
use std::time::Duration;

use crate::downstream::Downstream;
use crate::protocol::fail;

/// The program's argument. Fields that a workload kind does not have are 0.
#[derive(Clone, Debug)]
pub struct Workload {
    fields: serde_json::Map<String, Value>,
}

impl Workload {
    pub fn parse(text: &str) -> Workload {
        match serde_json::from_str(text) {
            Ok(Value::Object(fields)) => Workload { fields },
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
        self.fields
            .get("kind")
            .and_then(Value::as_str)
            .unwrap_or("")
    }

    pub fn host(&self) -> &str {
        self.fields
            .get("host")
            .and_then(Value::as_str)
            .unwrap_or("127.0.0.1")
    }

    pub fn count(&self, name: &str) -> usize {
        self.fields
            .get(name)
            .and_then(Value::as_f64)
            .unwrap_or(0.0)
            .max(0.0) as usize
    }

    pub fn milliseconds(&self, name: &str) -> Duration {
        let ms = self.fields.get(name).and_then(Value::as_f64).unwrap_or(0.0);
        Duration::from_secs_f64(ms.max(0.0) / 1e3)
    }

    pub fn downstream(&self) -> Option<Downstream> {
        let target = self.fields.get("downstream")?.as_object()?;
        let host = target.get("host")?.as_str()?;
        let port = target.get("port")?.as_u64()?;
        let ms = self
            .fields
            .get("ioMs")
            .and_then(Value::as_f64)
            .unwrap_or(0.0);
        Some(Downstream {
            address: format!("{host}:{port}"),
            request: format!("{ms}\n"),
        })
    }
}
