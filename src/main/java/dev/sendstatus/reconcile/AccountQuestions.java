package dev.sendstatus.reconcile;

import dev.sendstatus.provider.MessageLookup;
import dev.sendstatus.text.ProgressListener;

/** What the parts of one account's run share: how the provider is asked, where the answers go, and the counts. */
record AccountQuestions(
        MessageLookup lookup, CallLimiter limiter, Recorder recorder, RunCounts counts, ProgressListener listener) {}
