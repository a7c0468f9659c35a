//! What a server does with callers that are slow, many, or gone.

use crate::world::World;
use dci_core::client::ClientError;
use dci_core::code::Status;
use dci_core::query::{Page, Query, SearchCriteria};
use dci_core::server::{RegistryService, RequestContext, ServerLimits, ServiceError, listen};
use dci_registry::social::{Social, SocialRecord};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

fn impatient() -> ServerLimits {
    let mut limits = ServerLimits::default();
    limits.head_time = Duration::from_millis(300);
    limits.drain = Duration::from_millis(500);
    limits
}

#[tokio::test]
async fn a_head_that_never_ends_is_cut() {
    let router = axum::Router::new().route("/", axum::routing::get(|| async { "ok" }));
    let running = listen(TcpListener::bind("127.0.0.1:0").await.unwrap(), router, &impatient()).unwrap();
    for start in ["", "GET / HTTP/1.1\r\nHost: x\r\n"] {
        let mut socket = TcpStream::connect(running.address()).await.unwrap();
        socket.write_all(start.as_bytes()).await.unwrap();
        let mut rest = Vec::new();
        let closed = tokio::time::timeout(Duration::from_secs(10), socket.read_to_end(&mut rest)).await;
        assert!(closed.is_ok(), "the connection stays open after {start:?}");
    }
    // Others were served all the while.
    let url = format!("http://{}/", running.address());
    assert_eq!(reqwest::get(url).await.unwrap().status(), 200);
    running.stop().await;
}

#[tokio::test]
async fn an_answer_nobody_reads_is_given_up() {
    const SIZE: usize = 64 << 20;
    let mut limits = impatient();
    limits.stall_time = Duration::from_millis(300);
    let router = axum::Router::new().route("/", axum::routing::get(|| async { vec![b'x'; SIZE] }));
    let running = listen(TcpListener::bind("127.0.0.1:0").await.unwrap(), router, &limits).unwrap();
    let mut socket = TcpStream::connect(running.address()).await.unwrap();
    socket.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await.unwrap();
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    let mut rest = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(10), socket.read_to_end(&mut rest)).await.unwrap();
    assert!(rest.len() < SIZE, "the whole answer waited for its reader");
    // A reader that goes on is served whole.
    let url = format!("http://{}/", running.address());
    assert_eq!(reqwest::get(url).await.unwrap().bytes().await.unwrap().len(), SIZE);
    running.stop().await;
}

#[tokio::test]
async fn a_body_that_never_ends_is_told_so() {
    let world = World::with_limits(|limits| limits.body_time = Duration::from_millis(300)).await;
    let mut socket = TcpStream::connect(world.base.socket_addrs(|| None).unwrap()[0]).await.unwrap();
    let head = "POST /registry/sync/search HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer secret-token\r\n\
                Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
    socket.write_all(head.as_bytes()).await.unwrap();
    let mut answer = vec![0; 12];
    tokio::time::timeout(Duration::from_secs(10), socket.read_exact(&mut answer)).await.unwrap().unwrap();
    assert_eq!(answer, b"HTTP/1.1 408");
    world.end().await;
}

#[tokio::test]
async fn compressed_bodies_are_refused() {
    let world = World::new(false).await;
    let request = reqwest::Client::new().post(world.base.join("registry/sync/search").unwrap());
    let request = request.header("content-type", "application/json").header("content-encoding", "gzip");
    let answer = request.bearer_auth("secret-token").body(vec![0x1f, 0x8b]).send().await.unwrap();
    assert_eq!(answer.status(), 415);
    world.end().await;
}

#[tokio::test]
async fn shutting_down_delivers_what_was_acknowledged() {
    let world = World::new(false).await;
    let callbacks = world.callbacks.clone();
    let pending = world.client.search_later(SearchCriteria::identifier("UIN", "1"), &callbacks).await.unwrap();
    let start = Instant::now();
    let answer = tokio::spawn(pending.answer(Duration::from_secs(10)));
    world.end().await;
    assert!(answer.await.unwrap().is_ok());
    assert!(start.elapsed() < Duration::from_secs(9));
}

/// A registry that panics for one identifier and never answers for another.
struct Fragile;

#[async_trait::async_trait]
impl RegistryService<Social> for Fragile {
    async fn search(&self, criteria: &SearchCriteria, _: &RequestContext) -> Result<Page<SocialRecord>, ServiceError> {
        match &criteria.query {
            Query::IdTypeValue(identifier) if identifier.value == "panic" => panic!("as asked"),
            _ => std::future::pending().await,
        }
    }
}

#[tokio::test]
async fn a_handler_that_panics_or_hangs_is_told_to_the_caller() {
    let world = World::with_service(Fragile, |limits| {
        limits.answer_time = Duration::from_millis(300);
        limits.async_answer_time = Duration::from_millis(300);
    })
    .await;
    for value in ["panic", "hang"] {
        let sync = world.client.search(SearchCriteria::identifier("UIN", value)).await;
        let Err(ClientError::Refused(error)) = sync else { panic!("{sync:?}") };
        assert_eq!((error.status, error.code.as_deref()), (503, Some("err.service.unavailable")));
        let later =
            world.client.search_later(SearchCriteria::identifier("UIN", value), &world.callbacks).await.unwrap();
        let answer = later.answer(Duration::from_secs(10)).await.unwrap();
        assert_eq!(answer.header().status, Some(Status::Rejected));
    }
    world.end().await;
}
