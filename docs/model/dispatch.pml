/*
 * How one chunk is dispatched: lease, fence, mark, check, freeze, crash, rescue and settling.
 *
 * Workers on several nodes share the chunk's row. Each step below that is a d_step touching the row
 * is one transaction under its lock. Anything may happen between two steps, and any process may
 * rest between two of its own for as long as it likes: so a frozen node (SIGSTOP) needs no
 * statement of its own, and nothing here relies on a clock.
 *
 * README.md says what is left out, and where in the code each name stands.
 */

/* How much of it is searched. */
#ifndef NODES
#define NODES 2          /* workers, each on a node of its own */
#endif
#ifndef MESSAGES
#define MESSAGES 2       /* of the chunk, 1 or 2 */
#endif
#ifndef ATTEMPTS
#define ATTEMPTS 2       /* most of a message, throttled ones not counted; 2 or 3 */
#endif
#ifndef LEASES
#define LEASES 3         /* the last of them neither lapses nor loses its holder */
#endif
#ifndef CRASHES
#define CRASHES 1
#endif
#ifndef BACKS
#define BACKS 1          /* how often the carrier throttles, or a hand-over is called off or back */
#endif
#ifndef RESENDS
#define RESENDS 1        /* unknown_policy: 1 RESEND, 0 HOLD and FAIL, which give up early or late */
#endif

/* What must hold. ONLY=3 looks at the third alone. */
#ifndef ONLY
#define ONLY 0
#endif
#define MUST(property, what) assert((ONLY != 0 && ONLY != property) || (what))
#define ONCE      1      /* taken once, or once more if a resend was asked for */
#define ENDS      2      /* in the end nothing is queued or in flight, and the chunk is closed */
#define MARKED_BY 3      /* who has lost its lease sends only what it had marked, all in doubt */
#define FORWARD   4      /* what has ended, or was taken, never goes back */
#define AGREES    5      /* what the carrier took and what is told of a message agree */

/* MessageState. GIVEN_UP is FAILED_OUTCOME_UNKNOWN; READ is as DELIVERED, EXPIRED as CANCELLED. */
mtype:state = {
  QUEUED, IN_FLIGHT, RESENDING, UNKNOWN, UNKNOWN_RESENT, GIVEN_UP,
  SENT, UNDELIVERED, DELIVERED, FAILED, CANCELLED
}
#define isMarked(x)  (x == IN_FLIGHT || x == RESENDING)
#define isInDoubt(x) (x == UNKNOWN || x == UNKNOWN_RESENT)
#define isTaken(x)   (x == SENT || x == UNDELIVERED || x == DELIVERED)
#define isUntaken(x) (x == QUEUED || x == FAILED || x == CANCELLED)

/* The chunk's row and its job. */
mtype:state st[MESSAGES] = QUEUED;
byte att[MESSAGES];      /* attempts, as the status byte counts them */
byte fence;              /* of the latest lease */
bool alive;              /* whether that lease is, by the store's clock */
bool open = true;
bool cancelling;

/* What workers know: the fence under which each works, 0 when it does not. It may be stale. */
byte my[NODES];
bool unheard[NODES];     /* whether COMMIT's answer was lost: it may have marked, and marks no more */

/* Hand-overs: what workers and carriers remember of messages that were marked. */
#define SLOTS (MESSAGES * ATTEMPTS)
#define NOBODY NODES
mtype:phase = { FREE, MARKED, CHECKED, WIRE, TAKEN, LOST, TWICE }
mtype:outcome = { ACCEPTED, REFUSED, UNREACHABLE, THROTTLED, WITHDRAWN, UNCONFIRMED }
mtype:phase phase[SLOTS] = FREE;
byte by[SLOTS];          /* whose it is */
byte under[SLOTS];       /* the fence it was marked under */
byte no[SLOTS];          /* its attempt's number */
bool again[SLOTS];       /* whether it is a resend */
bool overdue[SLOTS];     /* its worker has given up waiting for its answer, and settled that */

/* The carrier's own count, and how many resends were asked for. */
byte taken[MESSAGES];
byte resent[MESSAGES];

byte crashes = CRASHES;
byte backs = BACKS;

/* -- the domain: one message moves -------------------------------------------------------------- */

inline become(m, to) {
  MUST(FORWARD, !(st[m] == FAILED || st[m] == CANCELLED || st[m] == DELIVERED));
  MUST(FORWARD, !isTaken(st[m]) || to == UNDELIVERED || to == DELIVERED);
  MUST(FORWARD, st[m] != GIVEN_UP || isTaken(to) || to == FAILED);
  MUST(AGREES, !isTaken(to) || taken[m] > 0);
  MUST(AGREES, !isUntaken(to) || taken[m] == 0);
  st[m] = to
}

/* What is learned late cannot wait in a chunk that has closed: nobody would come for it. */
#ifdef LATE_INTO_CLOSED
#define mayWaitAgain true
#else
#define mayWaitAgain open
#endif

/* The moves of a first hand-over and of plain retries. OutcomeRule.ofAttempt. */
inline moveAttempt(m, outcome) {
  if
  :: outcome == REFUSED || (outcome == UNREACHABLE && att[m] >= ATTEMPTS) ->
     if
     :: st[m] == IN_FLIGHT || st[m] == UNKNOWN || st[m] == GIVEN_UP -> become(m, FAILED)
     :: else
     fi
  :: outcome == UNREACHABLE && att[m] < ATTEMPTS ->
     if
     :: st[m] == IN_FLIGHT || (st[m] == UNKNOWN && mayWaitAgain) -> become(m, QUEUED)
     :: (st[m] == UNKNOWN || st[m] == GIVEN_UP) && !mayWaitAgain -> become(m, FAILED)
     :: else
     fi
  :: outcome == THROTTLED || outcome == WITHDRAWN ->
     if
     :: st[m] == IN_FLIGHT || (st[m] == UNKNOWN && mayWaitAgain) -> att[m]--; become(m, QUEUED)
     :: (st[m] == UNKNOWN || st[m] == GIVEN_UP) && !mayWaitAgain -> become(m, FAILED)
     :: else
     fi
  :: outcome == UNCONFIRMED ->
     if
     :: st[m] == IN_FLIGHT -> become(m, UNKNOWN)
     :: else
     fi
  fi
}

/* The moves of a resend: a no to it says nothing of the hand-over before. OutcomeRule.ofResend. */
inline moveResend(m, outcome) {
  if
  :: st[m] == RESENDING && outcome == REFUSED -> become(m, GIVEN_UP)
  :: st[m] == RESENDING && (outcome == THROTTLED || outcome == WITHDRAWN) ->
     att[m]--;
     become(m, UNKNOWN)
  :: st[m] == RESENDING && outcome == UNREACHABLE -> become(m, UNKNOWN)
  :: st[m] == RESENDING && outcome == UNCONFIRMED -> become(m, UNKNOWN_RESENT)
  :: else
  fi
}

/* -- Settling: always inside a transaction under the chunk's lock -------------------------------- */

/* In doubt, and to be handed over once more: a resend whose answer is lost too is not repeated. */
#ifdef RESENT_AGAIN
#define waitsForResend(m) (isInDoubt(st[m]) && RESENDS)
#else
#define waitsForResend(m) (st[m] == UNKNOWN && RESENDS)
#endif

#define keepsOpen(m) \
  (st[m] == QUEUED || isMarked(st[m]) || (waitsForResend(m) && !cancelling))
#if MESSAGES == 1
#define unfinished keepsOpen(0)
#else
#define unfinished (keepsOpen(0) || keepsOpen(1))
#endif

/* Every transaction ends so: what waits in a cancelled job goes, and what is finished closes. */
inline save() {
  for (k : 0 .. MESSAGES - 1) {
    if
    :: cancelling && st[k] == QUEUED -> become(k, CANCELLED)
    :: else
    fi
  }
  if
  :: open && !unfinished -> open = false; alive = false
  :: else
  fi;
  k = 0
}

/* An answer becomes a fact, whoever brings it and whatever became of its lease. */
inline settle(s, m, outcome) {
#ifdef NO_MARK
  if
  :: no[s] > att[m] && st[m] == QUEUED -> att[m] = no[s]; st[m] = IN_FLIGHT
  :: no[s] > att[m] && isInDoubt(st[m]) -> att[m] = no[s]; st[m] = RESENDING
  :: else
  fi;
#endif
  if
  :: outcome == ACCEPTED ->
     if
     :: isMarked(st[m]) || isInDoubt(st[m]) || st[m] == GIVEN_UP -> become(m, SENT)
     :: else
     fi
#ifndef OLD_ANSWERS_COUNT
  :: outcome != ACCEPTED && no[s] < att[m]   /* overtaken: says nothing of the one in flight */
#endif
#ifdef OLD_ANSWERS_COUNT
  :: outcome != ACCEPTED && !again[s] -> moveAttempt(m, outcome)
  :: outcome != ACCEPTED && again[s] -> moveResend(m, outcome)
#else
  :: outcome != ACCEPTED && no[s] >= att[m] && !again[s] -> moveAttempt(m, outcome)
  :: outcome != ACCEPTED && no[s] >= att[m] && again[s] -> moveResend(m, outcome)
#endif
  fi;
  save()
}

/* Who has this lease may mark. Without the fence, any living lease will do. */
#ifdef NO_FENCE
#define mine(n) (my[n] != 0 && alive)
#else
#define mine(n) (my[n] != 0 && alive && fence == my[n])
#endif

/* -- workers ------------------------------------------------------------------------------------- */

#define outBy(n, s) (phase[s] != FREE && by[s] == n && under[s] == my[n] && !overdue[s])
#if SLOTS == 2
#define out(n) (outBy(n, 0) || outBy(n, 1))
#elif SLOTS == 3
#define out(n) (outBy(n, 0) || outBy(n, 1) || outBy(n, 2))
#elif SLOTS == 4
#define out(n) (outBy(n, 0) || outBy(n, 1) || outBy(n, 2) || outBy(n, 3))
#else
#define out(n) (outBy(n, 0) || outBy(n, 1) || outBy(n, 2) || outBy(n, 3) || outBy(n, 4) || outBy(n, 5))
#endif

#if ATTEMPTS == 2
#define room(m) (phase[m * 2] == FREE || phase[m * 2 + 1] == FREE)
#else
#define room(m) (phase[m * 3] == FREE || phase[m * 3 + 1] == FREE || phase[m * 3 + 2] == FREE)
#endif

/* Its window (1) has room, and the message waits. What a cancel has only flagged may be read late. */
#define wants(m) (st[m] == QUEUED || (waitsForResend(m) && att[m] < ATTEMPTS))
#define mayMark(n, m) \
  (mine(n) && !unheard[n] && open && wants(m) && att[m] < ATTEMPTS \
   && !(cancelling && st[m] != QUEUED) && !out(n) && room(m))

/* The mark before the wire: committed first, handed over after. */
inline mark(n, m) {
  att[m]++;
  if
  :: st[m] == QUEUED -> become(m, IN_FLIGHT)
  :: else -> resent[m]++; become(m, RESENDING)
  fi;
  MUST(MARKED_BY, !(MESSAGES == 2 && isMarked(st[0]) && isMarked(st[MESSAGES - 1])))
}

inline handOver(n, m) {
  s = m * ATTEMPTS;
  do
  :: phase[s] != FREE -> s++
  :: else -> break
  od;
  phase[s] = MARKED;
  by[s] = n;
  under[s] = my[n];
#ifdef NO_MARK
  no[s] = att[m] + 1;
  again[s] = st[m] != QUEUED;
  if
  :: again[s] -> resent[m]++
  :: else
  fi;
#else
  no[s] = att[m];
  again[s] = st[m] == RESENDING;
#endif
  s = 0
}

inline free(s) {
  phase[s] = FREE; by[s] = 0; under[s] = 0; no[s] = 0; again[s] = 0; overdue[s] = 0
}

active [NODES] proctype Worker() {
  byte s, k;
end:
  do
  :: d_step {   /* Settling.lease: rescue by the marks, under the next fence */
       open && !alive && my[_pid] == 0 && fence < LEASES ->
       fence++;
       alive = true;
       my[_pid] = fence;
       for (s : 0 .. MESSAGES - 1) {
         if
         :: st[s] == IN_FLIGHT -> become(s, UNKNOWN)
         :: st[s] == RESENDING -> become(s, UNKNOWN_RESENT)
         :: else
         fi
       }
       s = 0;
       save()
     }
#ifdef NO_MARK
  :: d_step { mayMark(_pid, 0) -> handOver(_pid, 0) }
#if MESSAGES == 2
  :: d_step { mayMark(_pid, 1) -> handOver(_pid, 1) }
#endif
#else
  :: d_step { mayMark(_pid, 0) -> mark(_pid, 0); handOver(_pid, 0) }
     /* It commits, and the worker never learns of it: its run ends, or it finds out in time and
        takes back what it has not handed over. */
  :: d_step { mayMark(_pid, 0) && fence < LEASES -> mark(_pid, 0); my[_pid] = 0 }
  :: d_step { mayMark(_pid, 0) && backs > 0 -> backs--; mark(_pid, 0); unheard[_pid] = true }
#if MESSAGES == 2
  :: d_step { mayMark(_pid, 1) -> mark(_pid, 1); handOver(_pid, 1) }
  :: d_step { mayMark(_pid, 1) && fence < LEASES -> mark(_pid, 1); my[_pid] = 0 }
  :: d_step { mayMark(_pid, 1) && backs > 0 -> backs--; mark(_pid, 1); unheard[_pid] = true }
#endif
  :: d_step {   /* Settling.settleAgain, and forgo for a lease of which nobody heard */
       unheard[_pid] && mine(_pid) ->
       unheard[_pid] = false;
       for (k : 0 .. MESSAGES - 1) {
         if
         :: st[k] == IN_FLIGHT -> att[k]--; become(k, QUEUED)
         :: st[k] == RESENDING -> att[k]--; become(k, UNKNOWN)
         :: else
         fi
       }
       k = 0;
       save()
     }
#endif
  :: d_step {   /* a commit told it that the lease is not its own any more */
       my[_pid] != 0 && !mine(_pid) -> my[_pid] = 0; unheard[_pid] = false
     }
  :: d_step {   /* stops, or its run fails: gives the lease up, whatever is in flight */
       mine(_pid) && fence < LEASES -> alive = false; my[_pid] = 0; unheard[_pid] = false
     }
  :: d_step {   /* kill -9: its memory is gone, what is on the wire is not, the marks stay */
       crashes > 0 && (my[_pid] != fence || fence < LEASES) ->
       crashes--;
       my[_pid] = 0;
       unheard[_pid] = false;
       for (s : 0 .. SLOTS - 1) {
         if
         :: phase[s] == WIRE && by[s] == _pid -> by[s] = NOBODY; overdue[s] = false
         :: phase[s] != FREE && phase[s] != WIRE && by[s] == _pid -> free(s)
         :: else
         fi
       }
       s = 0
     }
  od
}

/* -- a message on its way out, from its mark to its answer --------------------------------------- */

/* No answer will come; there is perhaps somebody who still waits for it. */
inline lose(s) {
  if
  :: by[s] == NOBODY || overdue[s] -> free(s)
  :: else -> phase[s] = LOST
  fi
}

/* Marked by its sender under the lease that is the latest; else it has to be in doubt, or proven. */
#define isAccountedFor(s, m) \
  (isInDoubt(st[m]) || isTaken(st[m]) || st[m] == GIVEN_UP || st[m] == RESENDING \
   || (st[m] == IN_FLIGHT && under[s] == fence && no[s] == att[m]))

/* With SETTLED_TWICE: COMMIT's answer was lost, and the worker settles again what it was told. An
   attempt has a key that refuses the second time; throttled and withdrawn leave none. */
#ifdef SETTLED_TWICE
#define toldOnce(s) phase[s] = TWICE
#else
#define toldOnce(s) free(s)
#endif

inline take(m) {
  taken[m]++;
  MUST(ONCE, taken[m] <= 1 + RESENDS && taken[m] <= 1 + resent[m]);
  MUST(AGREES, !isUntaken(st[m]))
}

active [SLOTS] proctype HandOver() {
  byte s = _pid - NODES;
  byte m = s / ATTEMPTS;
  byte k;
end:
  do
     /* Right before the wire: may it go? The yes may be as old as it likes when it is acted on. */
  :: d_step { phase[s] == MARKED && my[by[s]] == under[s] -> phase[s] = CHECKED }
  :: d_step { phase[s] == MARKED && my[by[s]] != under[s] -> settle(s, m, WITHDRAWN); free(s) }
  :: d_step { phase[s] == MARKED && backs > 0 -> backs--; settle(s, m, WITHDRAWN); toldOnce(s) }
  :: d_step { phase[s] == CHECKED -> MUST(MARKED_BY, isAccountedFor(s, m)); phase[s] = WIRE }

     /* The carrier takes it; its answer comes, or is lost. */
  :: d_step { phase[s] == WIRE -> take(m); phase[s] = TAKEN }
  :: d_step { phase[s] == TAKEN -> lose(s) }
  :: d_step { phase[s] == TAKEN && by[s] != NOBODY -> settle(s, m, ACCEPTED); free(s) }

     /* It does not, and says so or says nothing. Since this changes nothing at the carrier, saying
        it and settling it are one step: how long the answer travels makes no difference. */
  :: d_step { phase[s] == WIRE -> lose(s) }
  :: d_step { phase[s] == WIRE && by[s] != NOBODY -> settle(s, m, REFUSED); free(s) }
  :: d_step { phase[s] == WIRE && by[s] != NOBODY -> settle(s, m, UNREACHABLE); free(s) }
  :: d_step { phase[s] == WIRE && by[s] != NOBODY && backs > 0 ->
       backs--; settle(s, m, THROTTLED); toldOnce(s) }

     /* Its worker gives up waiting. An answer that comes later is a fact all the same; one that
        comes in between is settled beside it, by the carrier's thread, and before it. */
  :: d_step { phase[s] != FREE && phase[s] != TWICE && by[s] != NOBODY && !overdue[s] ->
       settle(s, m, UNCONFIRMED);
       if
       :: phase[s] == LOST -> free(s)
       :: else -> overdue[s] = true
       fi
     }
  :: d_step { phase[s] == TAKEN && by[s] != NOBODY && !overdue[s] ->
       settle(s, m, ACCEPTED); phase[s] = LOST }
  :: d_step { phase[s] == WIRE && by[s] != NOBODY && !overdue[s] ->
       settle(s, m, REFUSED); phase[s] = LOST }
  :: d_step { phase[s] == WIRE && by[s] != NOBODY && !overdue[s] ->
       settle(s, m, UNREACHABLE); phase[s] = LOST }
  :: d_step { phase[s] == WIRE && by[s] != NOBODY && !overdue[s] && backs > 0 ->
       backs--; settle(s, m, THROTTLED); phase[s] = LOST }
#ifdef SETTLED_TWICE
  :: d_step { phase[s] == TWICE -> settle(s, m, THROTTLED); free(s) }
#endif
  od
}

/* -- everything else ------------------------------------------------------------------------------ */

inline receipt(m) {
  if
  :: taken[m] > 0 && (isMarked(st[m]) || isInDoubt(st[m]) || st[m] == GIVEN_UP) -> become(m, SENT)
  :: taken[m] > 0 && (isMarked(st[m]) || isInDoubt(st[m]) || st[m] == GIVEN_UP || st[m] == SENT) ->
     become(m, UNDELIVERED)
  :: taken[m] > 0 && !isUntaken(st[m]) && st[m] != DELIVERED -> become(m, DELIVERED)
  fi
}

active proctype Others() {
  byte k;
end:
  do
  :: d_step { alive && fence < LEASES -> alive = false }            /* the lease lapses */
  :: d_step { !cancelling && open -> cancelling = true }            /* the owner cancels */
  :: d_step { cancelling && open && (st[0] == QUEUED || st[MESSAGES - 1] == QUEUED || !unfinished) ->
       save() }                                                     /* and it is swept */
     /* Settle deadline, policy FAIL, or no attempt left. */
  :: d_step { isInDoubt(st[0]) && (!waitsForResend(0) || cancelling || att[0] >= ATTEMPTS) ->
       become(0, GIVEN_UP); save() }
  :: atomic { receipt(0); d_step { save() } }
#if MESSAGES == 2
  :: d_step { isInDoubt(st[1]) && (!waitsForResend(1) || cancelling || att[1] >= ATTEMPTS) ->
       become(1, GIVEN_UP); save() }
  :: atomic { receipt(1); d_step { save() } }
#endif
  od
}

/* When nothing can move any more. */
active proctype End() {
end:
  timeout ->
  MUST(ENDS, !open && !unfinished)
}
