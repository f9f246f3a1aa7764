/// The most a request head may have.
const LONGEST_HEAD: usize = 16 * 1024;
/// The most body that is read past; our requests have none.
const LONGEST_BODY: usize = 64 * 1024;

/// What the bytes received so far are.
#[derive(Debug, PartialEq, Eq)]
pub enum Parsed {
    /// Not yet a whole request.
    Partial,
    /// A whole request, `length` bytes long with its body.
    Request { length: usize, keep_alive: bool },
    /// No HTTP that this server speaks: answer 400 and close.
    Bad,
}

/// Finds the first request in `bytes`.
pub fn parse(bytes: &[u8]) -> Parsed {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut request = httparse::Request::new(&mut headers);
    let head = match request.parse(bytes) {
        Ok(httparse::Status::Complete(head)) => head,
        Ok(httparse::Status::Partial) if bytes.len() < LONGEST_HEAD => return Parsed::Partial,
        _ => return Parsed::Bad,
    };
    let mut keep_alive = request.version == Some(1);
    let mut body = 0;
    for header in request.headers.iter() {
        let value = std::str::from_utf8(header.value).unwrap_or("").trim();
        if header.name.eq_ignore_ascii_case("connection") {
            if value.eq_ignore_ascii_case("close") {
                keep_alive = false;
            } else if value.eq_ignore_ascii_case("keep-alive") {
                keep_alive = true;
            }
        } else if header.name.eq_ignore_ascii_case("content-length") {
            match value.parse() {
                Ok(length) if length <= LONGEST_BODY => body = length,
                _ => return Parsed::Bad,
            }
        } else if header.name.eq_ignore_ascii_case("transfer-encoding") {
            return Parsed::Bad;
        }
    }
    if bytes.len() < head + body {
        return Parsed::Partial;
    }
    Parsed::Request {
        length: head + body,
        keep_alive,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_ends_where_its_body_ends() {
        let text = b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nxyGET / HTTP/1.1\r\n";
        assert_eq!(
            parse(text),
            Parsed::Request {
                length: 48,
                keep_alive: true
            }
        );
        assert_eq!(parse(&text[..47]), Parsed::Partial);
    }

    #[test]
    fn the_client_may_ask_to_close() {
        let text = b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n";
        assert_eq!(
            parse(text),
            Parsed::Request {
                length: text.len(),
                keep_alive: false
            }
        );
        let old = b"GET / HTTP/1.0\r\n\r\n";
        assert_eq!(
            parse(old),
            Parsed::Request {
                length: old.len(),
                keep_alive: false
            }
        );
    }

    #[test]
    fn what_is_no_http_is_bad() {
        assert_eq!(parse(b"\x00\x01\x02\r\n\r\n"), Parsed::Bad);
        assert_eq!(
            parse(b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"),
            Parsed::Bad
        );
    }
}
