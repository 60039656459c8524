//! What the app holds while it runs: the profile, the course, and at most one sitting.
//!
//! A sitting is one person alone, or two people at one computer. Its token says whose words a command may read and
//! write, and changes with every change of turn: a command that carries an older one is answered `TurnOver` and
//! does nothing. No command names a person except those that open a door or hand over the keyboard.
//!
//! Locks are in `locks`, and how long one stays open in `idle`.
//! Deliberately not here: Tauri (commands are thin wrappers around this), SQL and keys (`vault`), rules (`progress`).

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use chrono::{DateTime, FixedOffset};
use course::Course;
use vault::{
    Entropy, Moment, PersonId, Profile, Shared, Space, SystemEntropy,
    lock::Cost,
    reveal::{self, RevealError},
};

use crate::{
    backups::Schedule,
    held::Held,
    ipc::dto::{Colour, Person, Refusal, Seat, Startup, Trouble, TroubleKind, Turn, Who},
    locks::Tries,
    screen::Screen,
    sitting::{Sitting, Spaces},
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
    /// Where a copy of one's words goes: the person's Documents folder, or their home where there is none.
    pub documents: PathBuf,
    /// The clock.
    pub now: fn() -> DateTime<FixedOffset>,
}

/// What the app holds while it runs.
pub struct Session {
    pub(crate) places: Places,
    pub(crate) course: Option<Course>,
    pub(crate) profile: Option<Profile>,
    pub(crate) sitting: Option<Sitting>,
    /// Spaces that were unlocked for a sitting for two that has not begun.
    pub(crate) unlocked: BTreeMap<Seat, Space>,
    pub(crate) tries: [Tries; 2],
    /// When somebody was last seen to be there.
    pub(crate) used: Option<DateTime<FixedOffset>>,
    /// Since when the page has been asked to close what is locked.
    pub(crate) asked: Option<DateTime<FixedOffset>>,
    /// What a try at a lock costs that is made from now on.
    cost: Cost,
    pub(crate) held: Held,
    /// How the screen looks on this computer.
    pub(crate) screen: Screen,
    pub(crate) backups: Schedule,
}

impl Session {
    /// A session in which nothing is open yet.
    pub fn new(places: Places) -> Session {
        Session {
            screen: Screen::read(&places.profile),
            places,
            course: None,
            profile: None,
            sitting: None,
            unlocked: BTreeMap::new(),
            tries: Default::default(),
            used: None,
            asked: None,
            cost: Cost::USUAL,
            held: Held::new(),
            backups: Schedule::default(),
        }
    }

    /// Makes locks that cost next to nothing to try: for tests, and no lock.
    #[doc(hidden)]
    pub fn with_light_locks(mut self) -> Session {
        self.cost = Cost::FOR_TESTS;
        self
    }

    /// Now, as the vault keeps it.
    pub(crate) fn now(&self) -> Moment {
        Moment::from((self.places.now)())
    }

    /// Opens the profile and the course, unless they are open, and says what to show. A page that starts anew has
    /// lost its turn: any sitting ends.
    pub fn startup(&mut self) -> Startup {
        self.close_all();
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
            let mut profile = opened.map_err(|error| trouble::of(&error))?;
            profile.set_lock_cost(self.cost);
            self.profile = Some(profile);
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
                locked: self.is_locked(&person.id),
            })
            .collect()
    }

    /// Adds a person: the first, or the one who joins.
    ///
    /// # Errors
    /// `Storage` when the space could not be made; `NotHere` when there are two people already, when a turn is
    /// open, or when the name is blank or longer than forty characters; `Locked` when the first person's space has a
    /// lock and they have not opened it for this (`unlock_beside`).
    pub fn add_person(&mut self, name: &str, colour: Colour) -> Result<Vec<Person>, Refusal> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > 40 || self.sitting.is_some() {
            return Err(Refusal::NotHere);
        }
        let first = self.unlocked.remove(&Seat::A);
        let profile = self.profile_mut()?;
        match first {
            Some(mut first) => profile.add_person_beside(&mut first, name, colour.word())?,
            None => profile.add_person(name, colour.word())?,
        };
        Ok(self.people())
    }

    /// Opens a person's own space, which has no lock.
    ///
    /// # Errors
    /// `NotHere` when nobody has that seat; `Locked` when it has a lock; `Storage` when the space can't be opened.
    pub fn open_door(&mut self, seat: Seat) -> Result<Turn, Refusal> {
        self.close_all();
        let space = self.open_space(seat)?;
        self.enter(seat, space)
    }

    /// Begins to be alone in a space that was just opened.
    pub(crate) fn enter(&mut self, seat: Seat, mut space: Space) -> Result<Turn, Refusal> {
        // What is wrong with the shared file must not keep anyone from their own words: it is said, and left shut.
        let (shared, trouble) = match self.open_shared(&mut space) {
            Ok(shared) => (shared, None),
            Err(Refusal::Storage { trouble }) => (None, Some(trouble)),
            Err(refusal) => return Err(refusal),
        };
        let mut turn = self.begin_sitting(Who::Alone { seat }, Spaces::Alone { seat, space, shared })?;
        self.sitting_mut(&turn.token)?.shared_shut = trouble.is_some();
        turn.trouble = trouble;
        // What was held for its owner while their lock was shut.
        self.write_held();
        Ok(turn)
    }

    /// Begins a sitting for two: both look at the screen.
    ///
    /// # Errors
    /// `NotHere` while there is only one person; `Locked` while a lock is shut that its owner has not opened for this
    /// (`unlock_beside`); `NotSharing` after sharing was ended (`share_again`); `Storage` when a file can't be opened.
    pub fn open_together(&mut self) -> Result<Turn, Refusal> {
        let (a, b) = self.open_both()?;
        self.sit_down(a, b)
    }

    /// Both people's spaces, with whatever was unlocked for this.
    pub(crate) fn open_both(&mut self) -> Result<(Space, Space), Refusal> {
        self.end_with_backups();
        if !self.still_shut().is_empty() {
            return Err(Refusal::Locked);
        }
        let mut unlocked = std::mem::take(&mut self.unlocked);
        let mut open = |seat| unlocked.remove(&seat).map_or_else(|| self.open_space(seat), Ok);
        Ok((open(Seat::A)?, open(Seat::B)?))
    }

    /// Begins a sitting with both spaces open.
    pub(crate) fn sit_down(&mut self, mut a: Space, mut b: Space) -> Result<Turn, Refusal> {
        let at = self.now();
        let mut shared = match self.profile_mut()?.open_shared_of_both(&mut a, &mut b, at) {
            // They stay open, for both to share again if they want to.
            Err(vault::Error::Alone) => {
                self.unlocked.extend([(Seat::A, a), (Seat::B, b)]);
                return Err(Refusal::NotSharing);
            }
            opened => opened?,
        };
        put_right(&mut a, &mut shared)?;
        put_right(&mut b, &mut shared)?;
        let turn = self.begin_sitting(Who::Both, Spaces::Two { a, b, shared })?;
        self.write_held();
        Ok(turn)
    }

    /// Whoever opened the files has read what is missing from them: it is not said again.
    ///
    /// # Errors
    /// `TurnOver` for a void token; `Storage` when that can't be kept: it is then said again.
    pub fn missing_is_said(&mut self, token: &str) -> Result<(), Refusal> {
        self.sitting_mut(token)?.spaces.missing_is_said()
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
        self.end();
        Ok(self.people())
    }

    /// Ends whatever sitting there is, token or not: quick exit asks nobody.
    pub fn end(&mut self) {
        self.write_held();
        self.close_all();
    }

    /// Closes whatever is open, and shuts every lock.
    pub(crate) fn close_all(&mut self) {
        self.end_with_backups();
        self.unlocked.clear();
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

    /// The sitting that is open, whatever its token.
    pub(crate) fn open_sitting_mut(&mut self) -> Option<&mut Sitting> {
        self.sitting.as_mut()
    }

    /// What the sitting that is open is called in the history of answers.
    pub(crate) fn sitting_name(&self) -> &str {
        self.sitting
            .as_ref()
            .map_or("between sittings", |sitting| sitting.name.as_str())
    }

    /// Opens anew whatever file of the sitting was lost to an error and can be read again.
    pub(crate) fn mend_files(&mut self, token: &str) -> Result<(), Refusal> {
        self.sitting_mut(token)?.reopen_lost();
        Ok(())
    }

    /// The course. It is read before any door opens.
    pub(crate) fn course(&self) -> Result<&Course, Refusal> {
        self.course.as_ref().ok_or(Refusal::NotHere)
    }

    pub(crate) fn profile_mut(&mut self) -> Result<&mut Profile, Refusal> {
        self.profile.as_mut().ok_or(Refusal::NotHere)
    }

    /// The shared file, with this person's seals put right; none while there is one person.
    fn open_shared(&mut self, space: &mut Space) -> Result<Option<Shared>, Refusal> {
        let mut shared = match self.profile_mut()?.open_shared(space) {
            Ok(shared) => shared,
            Err(vault::Error::Alone) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        put_right(space, &mut shared)?;
        Ok(Some(shared))
    }

    fn open_space(&mut self, seat: Seat) -> Result<Space, Refusal> {
        let person = self.person_at(seat)?;
        Ok(self.profile_mut()?.open_space(&person)?)
    }

    /// Who has that seat.
    pub(crate) fn person_at(&mut self, seat: Seat) -> Result<PersonId, Refusal> {
        let people = self.profile_mut()?.people();
        people
            .get(seat.index())
            .map(|person| person.id.clone())
            .ok_or(Refusal::NotHere)
    }

    /// Whether a person's space has a lock.
    pub(crate) fn is_locked(&self, person: &PersonId) -> bool {
        self.profile.as_ref().is_some_and(|profile| profile.is_locked(person))
    }

    fn begin_sitting(&mut self, who: Who, spaces: Spaces) -> Result<Turn, Refusal> {
        let missing = spaces.missing()?;
        let sitting = Sitting {
            token: random_word()?,
            who,
            name: random_word()?,
            spaces,
            said: BTreeSet::new(),
            ready: BTreeMap::new(),
            light: BTreeSet::new(),
            at: BTreeMap::new(),
            wanted: BTreeSet::new(),
            removed: Vec::new(),
            shared_shut: false,
            told: false,
            texts: BTreeMap::new(),
        };
        let turn = Turn {
            token: sitting.token.clone(),
            who,
            people: self.people(),
            spelling: sitting.spelling(),
            ask_about_lock: self.asks_about_lock(&sitting),
            trouble: None,
            missing,
        };
        self.sitting = Some(sitting);
        self.is_used();
        Ok(turn)
    }

    fn change_turn(&mut self, token: &str, who: Who) -> Result<Turn, Refusal> {
        let people = self.people();
        self.sitting(token)?;
        self.write_held();
        let sitting = self.sitting_mut(token)?;
        if !sitting.is_two() {
            return Err(Refusal::NotHere);
        }
        sitting.token = random_word()?;
        sitting.who = who;
        let turn = Turn {
            token: sitting.token.clone(),
            who,
            people,
            spelling: sitting.spelling(),
            ask_about_lock: false,
            trouble: None,
            missing: Vec::new(),
        };
        self.is_used();
        Ok(turn)
    }
}

/// Puts a person's seals right after a crash. A seal that is not what this person's file has noted is an alarm of the
/// run it stands in, which says so when it is read; it keeps nobody out.
fn put_right(space: &mut Space, shared: &mut Shared) -> Result<(), Refusal> {
    match reveal::reconcile(space, shared) {
        Ok(()) | Err(RevealError::Mismatch { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Sixteen random bytes as text: a token that cannot be guessed.
fn random_word() -> Result<String, Refusal> {
    let mut bytes = [0; 16];
    SystemEntropy.fill(&mut bytes).map_err(|_| no_chance())?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The system gave no random bytes.
pub(crate) fn no_chance() -> Refusal {
    Refusal::Storage {
        trouble: Trouble {
            what: TroubleKind::Failed,
            path: None,
        },
    }
}
