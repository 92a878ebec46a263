//! Ports that stay with a test, whether or not something listens there.

use std::net::SocketAddr;

use tokio::net::TcpSocket;

/// A socket at an address that sockets made like this may share, of which one
/// may listen: while another is held, nobody else is given its port. Port 0 is
/// any that is free.
///
/// # Panics
/// If the address is not free.
#[must_use]
pub fn bound(address: SocketAddr) -> TcpSocket {
    let socket = TcpSocket::new_v4().expect("a socket is made");
    socket.set_reuseaddr(true).expect("a socket can be shared");
    socket.bind(address).expect("the address is free");
    socket
}
