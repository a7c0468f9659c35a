//! T-70 to T-77: where this system can be made to connect to, and what it takes for an answer.

use crate::world::{Plain, PlainSearch, World, id};
use async_trait::async_trait;
use dci_core::carrier::Carrier;
use dci_core::client::{Callbacks, Client, Pending};
use dci_core::code::Status;
use dci_core::envelope::Envelope;
use dci_core::gate::Gate;
use dci_core::header::CallbackHeader;
use dci_core::id::{CorrelationId, ReferenceId, TransactionId};
use dci_core::message::{SearchData, SearchRequest, SearchResponse, SearchResult};
use dci_core::peer::{Networks, Peer, Peers};
use dci_core::query::{PageInfo, SearchCriteria};
use dci_core::transport::{Http, HttpError, Post, Resolver};
use dci_core::wire::Json;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;
use url::Url;
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate};

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

/// Sixty ways to name an inner address.
const INNER: [&str; 60] = [
    "http://127.0.0.1/",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://127.0.1/",
    "https://0/",
    "https://0.0.0.0/",
    "https://0x7f.1/",
    "https://0x7f000001/",
    "https://2130706433/",
    "https://017700000001/",
    "https://0177.0.0.1/",
    "https://[::1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[0:0:0:0:0:0:0:1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[64:ff9b::a00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[fe80::1]/",
    "https://[fc00::1]/",
    "https://[fd12:3456::1]/",
    "https://[ff02::1]/",
    "https://[::127.0.0.1]/",
    "https://10.0.0.1/",
    "https://10.255.255.255/",
    "https://172.16.0.1/",
    "https://172.31.255.254/",
    "https://192.168.0.1/",
    "https://192.168.255.255/",
    "https://100.64.0.1/",
    "https://169.254.169.254/",
    "https://169.254.169.254/latest/meta-data/",
    "https://198.18.0.1/",
    "https://192.0.0.192/",
    "https://224.0.0.1/",
    "https://255.255.255.255/",
    "https://localhost/",
    "https://localhost./",
    "https://LOCALHOST/",
    "https://registered.example.org:22/",
    "https://registered.example.org:6379/",
    "https://registered.example.org:444/",
    "http://registered.example.org/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:70/",
    "ftp://registered.example.org/",
    "ws://registered.example.org/",
    "data:text/plain,x",
    "javascript:alert(1)",
    "https://user:pass@registered.example.org/",
    "https://registered.example.org@127.0.0.1/",
    "https://127.0.0.1\\@registered.example.org/",
    "https:\\\\registered.example.org/",
    "https://registered.example.org#@127.0.0.1/",
    "https://registered.example.org.evil.example/",
    "https://evil.example/registered.example.org",
    "https://r\u{435}gistered.example.org/",
    "//registered.example.org/",
    " https://registered.example.org/",
];

#[test]
fn t_70_addresses_nobody_registered() {
    let peer = Peer::danger_unsigned(id("caller")).with_callbacks_at(&url("https://registered.example.org"));
    assert!(peer.callback_url("https://registered.example.org/on-search").is_some());
    assert!(peer.callback_url("https://registered.example.org:443/on-search").is_some());
    for address in INNER {
        assert!(peer.callback_url(address).is_none(), "{address}");
    }
    // A registered private address is meant; its neighbours are not.
    let inner = Peer::danger_unsigned(id("caller")).with_callbacks_at(&url("https://10.20.0.7:8443"));
    assert!(inner.callback_url("https://10.20.0.7:8443/on-search").is_some());
    assert!(inner.callback_url("https://10.20.0.8:8443/on-search").is_none());
}

/// Whatever let such an address pass: nothing is sent there.
#[tokio::test]
async fn t_70_literal_addresses_are_not_connected_to() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let own = format!("http://{}/", listener.local_addr().unwrap());
    let http = Http::builder().timeout(Duration::from_secs(1)).build().unwrap();
    let literal = INNER.iter().copied().chain([own.as_str()]).filter_map(|address| Url::parse(address).ok());
    let literal = literal.filter(|url| matches!(url.host(), Some(url::Host::Ipv4(_) | url::Host::Ipv6(_))));
    let mut tried = 0;
    for address in literal {
        let refused = http.post(Post::json(address.clone(), Vec::new()), 100).await.unwrap_err();
        assert!(matches!(refused, HttpError::NotReachable(_) | HttpError::NotHttps(_)), "{address}: {refused:?}");
        tried += 1;
    }
    assert!(tried > 35, "{tried}");
    assert!(tokio::time::timeout(Duration::from_millis(50), listener.accept()).await.is_err());
}

/// A name service that says what the script says, one line after the other.
#[derive(Debug)]
struct Script(Vec<Vec<IpAddr>>, AtomicUsize);

#[async_trait]
impl Resolver for Script {
    async fn addresses(&self, _: &str) -> std::io::Result<Vec<IpAddr>> {
        let line = self.1.fetch_add(1, Ordering::SeqCst);
        Ok(self.0[line.min(self.0.len() - 1)].clone())
    }
}

#[tokio::test]
async fn t_71_names_that_change_their_mind() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let target = url(&format!("https://registered.example.org:{port}/on-search"));
    let inner: IpAddr = [127, 0, 0, 1].into();
    for script in [vec![vec![inner]], vec![vec![inner, inner]], vec![vec![inner], vec![inner]], vec![Vec::new()]] {
        let http =
            Http::builder().timeout(Duration::from_secs(2)).resolver(Arc::new(Script(script, AtomicUsize::new(0))));
        let http = http.build().unwrap();
        http.permit(&target, &Networks::public());
        let refused = http.post(Post::json(target.clone(), b"{}".to_vec()), 100).await.unwrap_err();
        assert!(matches!(refused, HttpError::NotReachable(_)), "{refused:?}");
    }
    let hit = tokio::time::timeout(Duration::from_millis(50), listener.accept()).await;
    assert!(hit.is_err(), "no packet may reach an address that is not registered");
    // The same name, with the network registered, is connected to.
    let script = Script(vec![vec![inner]], AtomicUsize::new(0));
    let http = Http::builder().timeout(Duration::from_secs(2)).resolver(Arc::new(script)).build().unwrap();
    http.permit(&target, &Networks::public().with("127.0.0.0/8").unwrap());
    let attempt = tokio::spawn(async move { http.post(Post::json(target, b"{}".to_vec()), 100).await });
    assert!(tokio::time::timeout(Duration::from_secs(2), listener.accept()).await.is_ok());
    attempt.abort();
}

fn local() -> Http {
    let http = Http::builder().timeout(Duration::from_secs(2)).build().unwrap();
    http.permit(&url("http://127.0.0.1/"), &Networks::public().with("127.0.0.1").unwrap());
    http
}

#[tokio::test]
async fn t_72_redirects() {
    let server = MockServer::start().await;
    let inner = MockServer::start().await;
    Mock::given(path("/")).respond_with(ResponseTemplate::new(200)).expect(0).mount(&inner).await;
    for status in [301, 302, 303, 307, 308] {
        for to in [inner.uri(), "http://169.254.169.254/".to_owned(), "file:///etc/passwd".to_owned()] {
            server.reset().await;
            let answer = ResponseTemplate::new(status).insert_header("location", to.as_str());
            Mock::given(path("/on-search")).respond_with(answer).expect(1).mount(&server).await;
            let post = Post::json(url(&server.uri()).join("/on-search").unwrap(), b"{}".to_vec());
            assert_eq!(local().post(post, 100).await.unwrap().status, status, "{to}");
        }
    }
}

#[tokio::test]
async fn t_73_answers_without_end() {
    let server = MockServer::start().await;
    Mock::given(path("/big"))
        .respond_with(ResponseTemplate::new(200).set_body_bytes(vec![0; 1 << 20]))
        .mount(&server)
        .await;
    let bomb = ResponseTemplate::new(200).insert_header("content-encoding", "gzip").set_body_bytes(vec![0x1f; 100]);
    Mock::given(path("/bomb")).respond_with(bomb).mount(&server).await;
    let slow = ResponseTemplate::new(200).set_delay(Duration::from_secs(30));
    Mock::given(path("/slow")).respond_with(slow).mount(&server).await;
    let at = |path: &str| Post::json(url(&server.uri()).join(path).unwrap(), Vec::new());
    assert!(matches!(local().post(at("/big"), 64 << 10).await, Err(HttpError::TooLarge(_))));
    assert_eq!(local().post(at("/bomb"), 64 << 10).await.unwrap().body.len(), 100, "nothing is unpacked");
    assert!(matches!(local().post(at("/slow"), 64 << 10).await, Err(HttpError::Timeout(_))));
    // An answer that trickles for ever, and headers without number.
    for head in ["HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", "HTTP/1.1 200 OK\r\n"] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let trickle = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let _ = stream.write_all(head.as_bytes()).await;
            while stream.write_all(if head.ends_with("\r\n\r\n") { b"x" } else { b"a: b\r\n" }).await.is_ok() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        });
        let post = Post::json(url(&format!("http://{address}/")), Vec::new());
        let answer = tokio::time::timeout(Duration::from_secs(5), local().post(post, 64 << 10)).await;
        assert!(answer.expect("it ends by itself").is_err());
        trickle.abort();
    }
}

/// A receiver that registered somebody else's address cannot make this system flood it: the address is the operator's
/// entry, and one host gets few callbacks at a time.
#[tokio::test]
async fn t_74_reflection() {
    use dci_core::exchange::{MemoryStore, NewRequest, Outgoing, Store as _};
    let (most, now) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let victim = url(&format!("http://{}/", listener.local_addr().unwrap()));
    let counted = (Arc::clone(&most), Arc::clone(&now));
    let slow = axum::Router::new().fallback(move || {
        let (most, now) = counted.clone();
        async move {
            most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(30)).await;
            now.fetch_sub(1, Ordering::SeqCst);
        }
    });
    let serving = dci_core::server::listen(listener, slow, &dci_core::server::ServerLimits::default()).unwrap();
    let world = World::new();
    let peer = world.caller.peer().with_callbacks_at(&victim);
    let gate = Gate::new(id("registry"), Arc::new(Peers::new([peer])));
    let store = Arc::new(MemoryStore::new());
    for at in 0..60 {
        let message_id = dci_core::id::MessageId::random();
        let mut new = NewRequest::new(id("caller"), message_id, "search", TransactionId::random());
        new.remember_until = chrono::Utc::now() + chrono::TimeDelta::minutes(5);
        let dci_core::exchange::Acceptance::New(correlation_id) = store.accept(new).await.unwrap() else {
            panic!("{at}")
        };
        let header = Json::parse(br#"{"message_id":"m","action":"on-search"}"#).unwrap();
        let outgoing = Outgoing::new(
            id("caller"),
            victim.join("on-search").unwrap(),
            header,
            Json::Object(dci_core::wire::Object::new()),
        );
        store.finish(&correlation_id, Json::Null, Some(outgoing)).await.unwrap();
    }
    let mut limits = dci_core::server::ServerLimits::default();
    limits.deliveries_per_origin = 3;
    let builder = dci_core::server::Server::builder(gate, world.registry.seal.clone(), dci_core::server::AnyToken);
    let server = builder.store(store.clone()).limits(limits).build().unwrap();
    let delivered = async {
        while store.backlog().await.unwrap().1 > 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), delivered).await.expect("everything is delivered in the end");
    server.shut_down().await;
    assert_eq!(most.load(Ordering::SeqCst), 3);
    serving.stop().await;
}

/// A caller with one search under way.
struct Waiting {
    world: World,
    callbacks: Callbacks,
    pending: Pending<PlainSearch>,
    request: SearchRequest,
}

const CORRELATION: &str = "11111111-2222-4333-8444-555555555555";

async fn waiting(items: usize) -> Waiting {
    let world = World::new();
    let registry = MockServer::start().await;
    let ack = serde_json::json!({"message": {"ack_status": "ACK", "timestamp": "2026-01-01T00:00:00Z", "correlation_id": CORRELATION}});
    Mock::given(path("/registry/search"))
        .respond_with(ResponseTemplate::new(200).set_body_json(ack))
        .mount(&registry)
        .await;
    let own_gate = Gate::new(id("caller"), Arc::new(Peers::new([world.registry.peer()])));
    let callbacks = Callbacks::new(url("http://127.0.0.1:9/callback"), own_gate);
    let client = Client::<Plain>::builder(registry.uri()).seal(world.caller.seal.clone()).peer(world.registry.peer());
    let client = client.build().unwrap();
    let request = SearchRequest::batch((0..items).map(|_| SearchCriteria::identifier("UIN", "1").of::<Plain>()));
    let pending = client.send::<PlainSearch>(&request, &callbacks).await.unwrap();
    Waiting { world, callbacks, pending, request }
}

impl Waiting {
    fn answer(&self, items: std::ops::Range<usize>) -> SearchResponse<Json> {
        let result = |item: &dci_core::message::SearchItem| {
            SearchResult::found(item.reference_id.clone(), SearchData::of::<Plain>(Vec::new()), PageInfo::new(1, 1, 0))
        };
        let results = self.request.search_request[items].iter().map(result).collect();
        let mut response = SearchResponse::new(self.request.transaction_id.clone(), results);
        response.correlation_id = Some(CorrelationId::new(CORRELATION).unwrap());
        response
    }

    async fn post(&self, response: SearchResponse<Json>, by: &crate::world::System, done: usize) -> u16 {
        let header = CallbackHeader::new("on-search", Status::Succeeded, id(by.name), id("caller"));
        let header = header.counts(self.request.search_request.len(), done);
        let envelope = Envelope::new(header, response);
        let sealed = by.seal.seal(&envelope, &self.world.caller.peer(), &Carrier::default()).await.unwrap();
        self.callbacks.receive(&sealed.body, Carrier::default()).await.0
    }
}

#[tokio::test]
async fn t_75_answers_nobody_asked_for() {
    let waiting = waiting(1).await;
    let registry = waiting.world.registry.clone();
    let other = waiting.world.other.clone();
    let spoofed = |change: &dyn Fn(&mut SearchResponse<Json>)| {
        let mut response = waiting.answer(0..1);
        change(&mut response);
        response
    };
    let another = spoofed(&|response| response.transaction_id = TransactionId::random());
    assert_ne!(waiting.post(another, &registry, 1).await, 200, "another transaction");
    let another = spoofed(&|response| response.correlation_id = Some(CorrelationId::random()));
    assert_ne!(waiting.post(another, &registry, 1).await, 200, "another correlation");
    let another = spoofed(&|response| response.correlation_id = None);
    assert_ne!(waiting.post(another, &registry, 1).await, 200, "no correlation");
    assert_ne!(waiting.post(waiting.answer(0..1), &other, 1).await, 200, "another sender");
    let more = spoofed(&|response| {
        let mut result = response.search_response[0].clone();
        result.reference_id = ReferenceId::random();
        response.search_response.push(result);
    });
    assert_ne!(waiting.post(more, &registry, 1).await, 200, "more than was asked");
    let elsewhere = spoofed(&|response| {
        response.search_response[0].data.as_mut().unwrap().reg_type = Some("ns:org:RegistryType:Civil".to_owned());
    });
    assert_ne!(waiting.post(elsewhere, &registry, 1).await, 200, "another registry");
    // None of that changed anything: the real answer is taken, and only once.
    assert_eq!(waiting.post(waiting.answer(0..1), &registry, 1).await, 200);
    assert_ne!(waiting.post(waiting.answer(0..1), &registry, 1).await, 200, "answered before");
    let Waiting { world, callbacks, pending, request } = waiting;
    drop(pending);
    let gone = Waiting { pending: self::waiting(1).await.pending, world, callbacks, request };
    assert_ne!(gone.post(gone.answer(0..1), &registry, 1).await, 200, "nobody waits any more");
}

#[test]
fn t_76_correlation_ids_cannot_be_guessed() {
    let ids: std::collections::BTreeSet<String> = (0..1_000).map(|_| CorrelationId::random().to_string()).collect();
    assert_eq!(ids.len(), 1_000);
    for text in ids {
        let digits: String = text.chars().filter(char::is_ascii_hexdigit).collect();
        assert_eq!(digits.len(), 32, "128 bits");
        assert_eq!(digits.chars().nth(12), Some('4'), "random, not made of a time");
    }
}

#[tokio::test]
async fn t_77_callbacks_in_parts() {
    let waiting = waiting(2).await;
    let registry = waiting.world.registry.clone();
    assert_eq!(waiting.post(waiting.answer(0..1), &registry, 1).await, 200);
    assert_ne!(waiting.post(waiting.answer(0..1), &registry, 1).await, 200, "the same part again, as another message");
    assert_eq!(waiting.post(waiting.answer(1..2), &registry, 2).await, 200);
    let answer = waiting.pending.answer(Duration::from_secs(1)).await.unwrap();
    assert_eq!(answer.message().search_response.len(), 2);
    assert_eq!(answer.header().completed_count, Some(2));
}
