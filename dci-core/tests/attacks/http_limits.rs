//! T-64 to T-69: HTTP and what it costs.

use crate::world::{Plain, World, id};
use async_trait::async_trait;
use dci_core::query::{Page, SearchCriteria};
use dci_core::server::{
    RegistryService, RequestContext, Running, Server, ServerLimits, ServiceError, StaticTokens, listen,
};
use dci_core::wire::Json;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// A registry that counts how often it is asked.
#[derive(Clone, Default)]
struct Counting(Arc<AtomicUsize>);

#[async_trait]
impl RegistryService<Plain> for Counting {
    async fn search(&self, _: &SearchCriteria, _: &RequestContext) -> Result<Page<Json>, ServiceError> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Err(ServiceError::Unavailable("nothing here".into()))
    }
}

struct Served {
    world: World,
    running: Running,
    server: Server,
    asked: Counting,
    _limits: ServerLimits,
}

async fn served(change: impl FnOnce(&mut ServerLimits)) -> Served {
    let world = World::new();
    let mut limits = ServerLimits::default();
    change(&mut limits);
    let tokens = StaticTokens::new().with_system("token", id("caller"));
    let server =
        Server::builder(world.gate(), world.registry.seal.clone(), tokens).limits(limits.clone()).build().unwrap();
    let asked = Counting::default();
    let server = server.registry::<Plain>(asked.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let running = listen(listener, server.router(), &limits).unwrap();
    Served { world, running, server, asked, _limits: limits }
}

impl Served {
    fn url(&self) -> String {
        format!("http://{}/registry/sync/search", self.running.address())
    }

    async fn post(&self, body: impl Into<reqwest::Body>) -> u16 {
        let request = reqwest::Client::new().post(self.url()).header("content-type", "application/json");
        request.bearer_auth("token").body(body).send().await.unwrap().status().as_u16()
    }

    /// Sends bytes and returns what comes until the connection is closed, at most three seconds.
    async fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.running.address()).await.unwrap();
        stream.write_all(bytes).await.unwrap();
        let mut answer = Vec::new();
        let _ = tokio::time::timeout(Duration::from_secs(3), stream.read_to_end(&mut answer)).await;
        String::from_utf8_lossy(&answer).into_owned()
    }

    async fn end(self) {
        self.running.stop().await;
        self.server.shut_down().await;
    }
}

const HEAD: &str = "POST /registry/sync/search HTTP/1.1\r\nHost: registry\r\nAuthorization: Bearer token\r\nContent-Type: application/json\r\n";

#[tokio::test]
async fn t_64_bodies_at_the_limit_and_two_lengths() {
    let served = served(|limits| limits.body = 4_096).await;
    let good = served.world.request().await.to_string();
    let padded = |length: usize| format!("{good}{}", " ".repeat(length - good.len()));
    for (length, status) in [(4_095, 200), (4_097, 413)] {
        let body = if status == 200 { served.world.request().await.to_string() } else { padded(length) };
        let body = format!("{body}{}", " ".repeat(length.saturating_sub(body.len())));
        assert_eq!(served.post(body).await, status, "{length}");
    }
    let exact = served.world.request().await.to_string();
    assert_eq!(served.post(format!("{exact}{}", " ".repeat(4_096 - exact.len()))).await, 200);
    // Without a length, in chunks.
    let chunk = format!("{:x}\r\n{}\r\n0\r\n\r\n", 5_000, " ".repeat(5_000));
    let answer =
        served.raw(format!("{HEAD}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n{chunk}").as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    // Two readers could take different bodies for the request.
    for ambiguous in
        ["Content-Length: 2\r\nContent-Length: 3\r\n", "Content-Length: -1\r\n", "Content-Length: 2, 3\r\n"]
    {
        let answer = served.raw(format!("{HEAD}{ambiguous}Connection: close\r\n\r\n{{}}").as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 400"), "{ambiguous}: {answer}");
    }
    let both = format!(
        "{HEAD}Content-Length: 2\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n"
    );
    let answer = served.raw(both.as_bytes()).await;
    assert_eq!(answer.matches("HTTP/1.1").count(), 1, "one request, one answer, and the connection ends: {answer}");
    served.end().await;
}

#[test]
fn t_65_shapes_that_cost_more_than_they_weigh() {
    let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    assert!(Json::parse(nested(32).as_bytes()).is_ok());
    for text in [
        nested(33),
        nested(100_000),
        format!("[{}1]", "[],".repeat(1_000_000)),
        format!("{{{}\"z\":1}}", (0..2_000).map(|at| format!("\"m{at}\":1,")).collect::<Vec<_>>().concat()),
        format!("\"{}\"", "x".repeat(10 << 20)),
        "1".repeat(1_000_000),
    ] {
        assert!(Json::parse(text.as_bytes()).is_err());
    }
}

#[tokio::test]
async fn t_66_compressed_bodies() {
    let served = served(|_| {}).await;
    for encoding in ["gzip", "br", "zstd", "deflate", "gzip, gzip", "x"] {
        let request = reqwest::Client::new().post(served.url()).bearer_auth("token");
        let request = request.header("content-type", "application/json").header("content-encoding", encoding);
        assert_eq!(request.body(vec![0; 100]).send().await.unwrap().status(), 415, "{encoding}");
    }
    assert_eq!(served.asked.0.load(Ordering::SeqCst), 0);
    served.end().await;
}

#[tokio::test]
async fn t_67_slow_senders() {
    let served = served(|limits| {
        limits.head_time = Duration::from_millis(300);
        limits.body_time = Duration::from_millis(300);
    })
    .await;
    let slow = [HEAD.to_owned(), String::new(), format!("{HEAD}Content-Length: 100\r\n\r\n{{")];
    let started = std::time::Instant::now();
    let mut streams = Vec::new();
    for text in &slow {
        let mut stream = TcpStream::connect(served.running.address()).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        streams.push(stream);
    }
    // Others are served meanwhile.
    assert_eq!(served.post(served.world.request().await.to_string()).await, 200);
    for mut stream in streams {
        let mut answer = Vec::new();
        let read = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut answer)).await;
        assert!(read.is_ok(), "the connection is closed, after {:?}", started.elapsed());
    }
    served.end().await;
}

/// HTTP/2 is not spoken: its preface ends the connection.
#[tokio::test]
async fn t_68_another_protocol() {
    let served = served(|_| {}).await;
    let preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00";
    let answer = served.raw(preface).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4") || answer.starts_with("HTTP/1.1 505"), "{answer}");
    assert_eq!(served.asked.0.load(Ordering::SeqCst), 0);
    served.end().await;
}

/// What does not fit is shed with 503 and a time to come back, before it is read.
#[tokio::test]
async fn t_69_more_than_fits() {
    let served = served(|limits| limits.bodies_in_flight = 64 << 10).await;
    // Announced and not sent: they hold the room that bodies have.
    let mut holding = Vec::new();
    for _ in 0..8 {
        let mut stream = TcpStream::connect(served.running.address()).await.unwrap();
        let body = "x".repeat(30 << 10);
        let head = format!("{HEAD}Content-Length: 40000\r\n\r\n{body}");
        stream.write_all(head.as_bytes()).await.unwrap();
        holding.push(stream);
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    let request =
        reqwest::Client::new().post(served.url()).bearer_auth("token").header("content-type", "application/json");
    let answer = request.body(vec![b' '; 60 << 10]).send().await.unwrap();
    assert_eq!(answer.status(), 503);
    assert!(answer.headers().contains_key("retry-after"));
    drop(holding);
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(served.post(served.world.request().await.to_string()).await, 200, "and recovers by itself");
    served.end().await;
}
