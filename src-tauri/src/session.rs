//! What the app holds while it runs: the profile, the course, and at most one sitting.
//!
//! A sitting is one person alone, or two people at one computer. Its token says whose words a command may read and
//! write, and changes with every change of turn: a command that carries an older one is answered `TurnOver` and
//! does nothing. No command names a person except the three that open a door or hand over the keyboard.
//!
//! Deliberately not here: Tauri (commands are thin wrappers around this), SQL and keys (`vault`), rules (`progress`).

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use chrono::{DateTime, FixedOffset};
use course::Course;
use lesson::{Id, Value};
use vault::{Entropy, Ledger, Moment, PersonId, Profile, RunId, Shared, Space, SystemEntropy, reveal};

use crate::{
    ipc::dto::{Colour, LayerName, Person, Refusal, Seat, Startup, Trouble, TroubleKind, Turn, Who},
    trouble,
};

/// The language lessons are read in. Others can be added beside it in `lessons/`.
const LANGUAGE: &str = "en";

/// Where things are, and what time it is.
pub struct Places {
    /// The profile folder.
    pub profile: PathBuf,
    /// Make the profile folder if it is not there: only for the usual place, never for one that was named.
    pub make_profile: bool,
    /// The course folder.
    pub lessons: PathBuf,
    /// The clock.
    pub now: fn() -> DateTime<FixedOffset>,
}

/// What the app holds while it runs.
pub struct Session {
    pub(crate) places: Places,
    pub(crate) course: Option<Course>,
    profile: Option<Profile>,
    sitting: Option<Sitting>,
    pub(crate) unsaved: Unsaved,
}

/// Answers that could not be written, kept in memory for their owner until they can.
pub(crate) type Unsaved = BTreeMap<(Owner, RunId, Id), Value>;

/// Whose an answer is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Owner {
    /// One person's.
    Mine(PersonId),
    /// Both people's.
    Ours,
}

/// One person alone, or two people at one computer, until they leave.
pub(crate) struct Sitting {
    token: String,
    /// Who is at the keyboard.
    pub(crate) who: Who,
    /// Names this sitting in the history of answers: one version is kept for each.
    pub(crate) name: String,
    /// The open files.
    pub(crate) spaces: Spaces,
    /// Who has said, in this sitting, that a layer may be opened. Never stored.
    pub(crate) said: BTreeSet<(RunId, String, LayerName, Seat)>,
}

/// The files a sitting has open. The partner's file is not among them when one person is alone.
pub(crate) enum Spaces {
    Alone {
        seat: Seat,
        space: Space,
        shared: Option<Shared>,
    },
    Two {
        a: Space,
        b: Space,
        shared: Shared,
    },
}

impl Sitting {
    /// The file this sitting's runs live in: my own when I am alone, the shared one when we are two.
    pub(crate) fn ledger(&self) -> &dyn Ledger {
        match &self.spaces {
            Spaces::Alone { space, .. } => space,
            Spaces::Two { shared, .. } => shared,
        }
    }

    /// As [`Sitting::ledger`], to write.
    pub(crate) fn ledger_mut(&mut self) -> &mut dyn Ledger {
        match &mut self.spaces {
            Spaces::Alone { space, .. } => space,
            Spaces::Two { shared, .. } => shared,
        }
    }

    /// The space of the person at the keyboard; none while both look.
    pub(crate) fn own(&self) -> Option<(Seat, &Space)> {
        match (&self.spaces, self.who) {
            (Spaces::Alone { seat, space, .. }, _) => Some((*seat, space)),
            (Spaces::Two { a, .. }, Who::Side { seat: Seat::A }) => Some((Seat::A, a)),
            (Spaces::Two { b, .. }, Who::Side { seat: Seat::B }) => Some((Seat::B, b)),
            (Spaces::Two { .. }, _) => None,
        }
    }

    /// As [`Sitting::own`], to write.
    pub(crate) fn own_mut(&mut self) -> Option<&mut Space> {
        match (&mut self.spaces, self.who) {
            (Spaces::Alone { space, .. }, _) => Some(space),
            (Spaces::Two { a, .. }, Who::Side { seat: Seat::A }) => Some(a),
            (Spaces::Two { b, .. }, Who::Side { seat: Seat::B }) => Some(b),
            (Spaces::Two { .. }, _) => None,
        }
    }

    /// The shared file, when there are two people in the profile.
    pub(crate) fn shared(&self) -> Option<&Shared> {
        match &self.spaces {
            Spaces::Alone { shared, .. } => shared.as_ref(),
            Spaces::Two { shared, .. } => Some(shared),
        }
    }

    /// The shared file of a sitting for two, to write.
    pub(crate) fn shared_mut(&mut self) -> Option<&mut Shared> {
        match &mut self.spaces {
            Spaces::Alone { .. } => None,
            Spaces::Two { shared, .. } => Some(shared),
        }
    }

    /// Whether this is a sitting for two.
    pub(crate) fn is_two(&self) -> bool {
        matches!(self.spaces, Spaces::Two { .. })
    }

    /// Which side a person of this sitting has.
    pub(crate) fn seat_of(&self, person: &PersonId) -> Seat {
        match &self.spaces {
            Spaces::Alone { seat, space, .. } if space.person() == person => *seat,
            Spaces::Alone { seat, .. } => seat.other(),
            Spaces::Two { a, .. } if a.person() == person => Seat::A,
            Spaces::Two { .. } => Seat::B,
        }
    }
}

impl Seat {
    /// The other side.
    pub(crate) fn other(self) -> Seat {
        match self {
            Seat::A => Seat::B,
            Seat::B => Seat::A,
        }
    }

    fn index(self) -> usize {
        match self {
            Seat::A => 0,
            Seat::B => 1,
        }
    }
}

impl Session {
    /// A session in which nothing is open yet.
    pub fn new(places: Places) -> Session {
        Session {
            places,
            course: None,
            profile: None,
            sitting: None,
            unsaved: Unsaved::new(),
        }
    }

    /// Now, as the vault keeps it.
    pub(crate) fn now(&self) -> Moment {
        Moment::from((self.places.now)())
    }

    /// Opens the profile and the course, unless they are open, and says what to show. A page that starts anew has
    /// lost its turn: any sitting ends.
    pub fn startup(&mut self) -> Startup {
        self.sitting = None;
        match self.open_everything() {
            Ok(()) => match self.people() {
                people if people.is_empty() => Startup::Welcome,
                people => Startup::Door { people },
            },
            Err(trouble) => Startup::Trouble { trouble },
        }
    }

    /// Makes a new, empty profile folder where one was asked for and none was found, then starts.
    pub fn make_profile(&mut self) -> Startup {
        self.places.make_profile = true;
        self.startup()
    }

    fn open_everything(&mut self) -> Result<(), Trouble> {
        self.read_course()?;
        if self.profile.is_none() {
            let opened = Profile::open(&self.places.profile, self.places.make_profile, Box::new(SystemEntropy));
            self.profile = Some(opened.map_err(|error| trouble::of(&error))?);
        }
        Ok(())
    }

    /// Reads the course again, so that a lesson mended in an editor is seen without a restart.
    pub(crate) fn read_course(&mut self) -> Result<(), Trouble> {
        let course = course::load(&self.places.lessons, LANGUAGE).map_err(|_| Trouble {
            what: TroubleKind::NoCourse,
            path: Some(self.places.lessons.display().to_string()),
        })?;
        self.course = Some(course);
        Ok(())
    }

    /// Everyone in the profile, in the order of the seats.
    pub(crate) fn people(&self) -> Vec<Person> {
        let people = self.profile.as_ref().map(Profile::people).unwrap_or_default();
        [Seat::A, Seat::B]
            .into_iter()
            .zip(people)
            .map(|(seat, person)| Person {
                seat,
                name: person.name.clone(),
                colour: Colour::read(&person.colour),
            })
            .collect()
    }

    /// Adds a person: the first, or the one who joins.
    ///
    /// # Errors
    /// `Storage` when the space could not be made; `NotHere` when there are two people already, when a turn is
    /// open, or when the name is blank or longer than forty characters.
    pub fn add_person(&mut self, name: &str, colour: Colour) -> Result<Vec<Person>, Refusal> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > 40 || self.sitting.is_some() {
            return Err(Refusal::NotHere);
        }
        self.profile_mut()?.add_person(name, colour.word())?;
        Ok(self.people())
    }

    /// Opens a person's own space.
    ///
    /// # Errors
    /// `NotHere` when nobody has that seat; `Storage` when the space can't be opened.
    pub fn open_door(&mut self, seat: Seat) -> Result<Turn, Refusal> {
        self.sitting = None;
        let mut space = self.open_space(seat)?;
        let shared = match self.profile_mut()?.open_shared(&space) {
            Ok(mut shared) => {
                reveal::reconcile(&mut space, &mut shared)?;
                Some(shared)
            }
            Err(vault::Error::Alone) => None,
            Err(error) => return Err(error.into()),
        };
        self.begin_sitting(Who::Alone { seat }, Spaces::Alone { seat, space, shared })
    }

    /// Begins a sitting for two: both look at the screen.
    ///
    /// # Errors
    /// `NotHere` while there is only one person; `Storage` when a file can't be opened.
    pub fn open_together(&mut self) -> Result<Turn, Refusal> {
        self.sitting = None;
        let (mut a, mut b) = (self.open_space(Seat::A)?, self.open_space(Seat::B)?);
        let mut shared = self.profile_mut()?.open_shared(&a)?;
        reveal::reconcile(&mut a, &mut shared)?;
        reveal::reconcile(&mut b, &mut shared)?;
        self.begin_sitting(Who::Both, Spaces::Two { a, b, shared })
    }

    /// In a sitting for two, hands the keyboard to one person. Whatever token there was is void.
    ///
    /// # Errors
    /// `TurnOver` for a void token; `NotHere` outside a sitting for two.
    pub fn take_turn(&mut self, token: &str, seat: Seat) -> Result<Turn, Refusal> {
        self.change_turn(token, Who::Side { seat })
    }

    /// Ends a person's turn in a sitting for two: both look again.
    ///
    /// # Errors
    /// As [`Session::take_turn`].
    pub fn end_turn(&mut self, token: &str) -> Result<Turn, Refusal> {
        self.change_turn(token, Who::Both)
    }

    /// Closes the space or the sitting.
    ///
    /// # Errors
    /// `TurnOver` for a void token.
    pub fn leave(&mut self, token: &str) -> Result<Vec<Person>, Refusal> {
        self.sitting(token)?;
        self.sitting = None;
        Ok(self.people())
    }

    /// Ends whatever sitting there is, token or not: quick exit asks nobody.
    pub fn end(&mut self) {
        self.sitting = None;
    }

    /// The sitting this token belongs to.
    pub(crate) fn sitting(&self, token: &str) -> Result<&Sitting, Refusal> {
        self.sitting
            .as_ref()
            .filter(|sitting| sitting.token == token)
            .ok_or(Refusal::TurnOver)
    }

    /// As [`Session::sitting`], to write.
    pub(crate) fn sitting_mut(&mut self, token: &str) -> Result<&mut Sitting, Refusal> {
        self.sitting
            .as_mut()
            .filter(|sitting| sitting.token == token)
            .ok_or(Refusal::TurnOver)
    }

    /// The course. It is read before any door opens.
    pub(crate) fn course(&self) -> Result<&Course, Refusal> {
        self.course.as_ref().ok_or(Refusal::NotHere)
    }

    fn profile_mut(&mut self) -> Result<&mut Profile, Refusal> {
        self.profile.as_mut().ok_or(Refusal::NotHere)
    }

    fn open_space(&mut self, seat: Seat) -> Result<Space, Refusal> {
        let profile = self.profile_mut()?;
        let person = profile
            .people()
            .get(seat.index())
            .map(|person| person.id.clone())
            .ok_or(Refusal::NotHere)?;
        Ok(profile.open_space(&person)?)
    }

    fn begin_sitting(&mut self, who: Who, spaces: Spaces) -> Result<Turn, Refusal> {
        let sitting = Sitting {
            token: random_word()?,
            who,
            name: random_word()?,
            spaces,
            said: BTreeSet::new(),
        };
        let turn = Turn {
            token: sitting.token.clone(),
            who,
            people: self.people(),
        };
        self.sitting = Some(sitting);
        Ok(turn)
    }

    fn change_turn(&mut self, token: &str, who: Who) -> Result<Turn, Refusal> {
        let people = self.people();
        let sitting = self.sitting_mut(token)?;
        if !sitting.is_two() {
            return Err(Refusal::NotHere);
        }
        sitting.token = random_word()?;
        sitting.who = who;
        Ok(Turn {
            token: sitting.token.clone(),
            who,
            people,
        })
    }
}

/// Sixteen random bytes as text: a token that cannot be guessed.
fn random_word() -> Result<String, Refusal> {
    let mut bytes = [0; 16];
    SystemEntropy.fill(&mut bytes).map_err(|_| Refusal::Storage {
        trouble: Trouble {
            what: TroubleKind::Failed,
            path: None,
        },
    })?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

impl Sitting {
    /// The lesson as it was when the first seal of a run with the other pinned its text.
    pub(crate) fn pinned(&self, run: &RunId) -> Result<Option<lesson::Lesson>, Refusal> {
        let Spaces::Two { shared, .. } = &self.spaces else {
            return Ok(None);
        };
        let pinned = shared.pinned(run)?;
        Ok(pinned.and_then(|pinned| lesson::parse(&pinned.text).lesson))
    }

    /// The person whose side comes first, in a sitting for two.
    pub(crate) fn first_person(&self) -> Option<PersonId> {
        match &self.spaces {
            Spaces::Alone { .. } => None,
            Spaces::Two { a, .. } => Some(a.person().clone()),
        }
    }
}

impl Spaces {
    /// One person's own file beside the shared one, on their turn in a sitting for two.
    pub(crate) fn side_mut(&mut self, who: Who) -> Option<(&mut Space, &mut Shared)> {
        match (self, who) {
            (Spaces::Two { a, shared, .. }, Who::Side { seat: Seat::A }) => Some((a, shared)),
            (Spaces::Two { b, shared, .. }, Who::Side { seat: Seat::B }) => Some((b, shared)),
            _ => None,
        }
    }
}
