//! The end of the log as this process knows it.

use tokio::sync::watch;

use super::Position;

/// The newest position of the log that this process knows of, and a way to wait
/// for newer ones. It never goes back. Cheap to clone: all clones are one.
#[derive(Clone, Debug)]
pub struct Head(watch::Sender<Position>);

impl Default for Head {
    fn default() -> Self {
        Self(watch::Sender::new(Position::START))
    }
}

impl Head {
    /// The newest position that is known.
    #[must_use]
    pub fn position(&self) -> Position {
        *self.0.borrow()
    }

    /// Wait until the log has an entry after `position`. The answer is the
    /// newest position that is known by then.
    pub async fn after(&self, position: Position) -> Position {
        let mut watching = self.0.subscribe();
        // Its sender is here, so that it is never gone.
        let newer = watching.wait_for(|known| *known > position).await;
        newer.map_or(position, |known| *known)
    }

    /// The log has come to `position`; those who wait for that go on.
    pub fn advance(&self, position: Position) {
        self.0.send_if_modified(|known| {
            let grew = position > *known;
            if grew {
                *known = position;
            }
            grew
        });
    }
}
