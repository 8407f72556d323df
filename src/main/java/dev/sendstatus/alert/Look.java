package dev.sendstatus.alert;

import dev.sendstatus.store.OutcomeCounts;
import dev.sendstatus.store.OutcomeSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages that are judged together: at least {@link Thresholds#MESSAGES}, over at least {@link Thresholds#LOOK}.
 *
 * @param since when the first of them was first heard of
 */
record Look(Instant since, OutcomeCounts counts) {
    static final int MOST = 2;

    /**
     * The newest looks, the newest first, two at most; they share no message.
     *
     * @param batches the oldest first
     * @param settled up to when messages have settled
     * @param lately how long before that a message may have come
     */
    static List<Look> newest(List<OutcomeSeries.Batch> batches, Instant settled, Duration lately) {
        List<Look> looks = new ArrayList<>();
        OutcomeCounts counts = OutcomeCounts.NONE;
        for (int i = batches.size() - 1; i >= 0 && looks.size() < MOST; i--) {
            OutcomeSeries.Batch batch = batches.get(i);
            if (batch.lastAt().isBefore(settled.minus(lately))) {
                break;
            }
            counts = counts.plus(batch.counts());
            // Both are measured from now: messages that were sent at once are still two looks, some minutes later.
            Instant longAgo = settled.minus(Thresholds.LOOK.multipliedBy(looks.size() + 1L));
            if (counts.messages() >= Thresholds.MESSAGES && !batch.firstAt().isAfter(longAgo)) {
                looks.add(new Look(batch.firstAt(), counts));
                counts = OutcomeCounts.NONE;
            }
        }
        return looks;
    }
}
