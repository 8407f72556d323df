package dev.sendstatus.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Recipient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** The laws that make retries, races, replays and many nodes safe. A failure prints the seed that shows it. */
class MergeLawsTest {
    private static final MessageKey KEY = new MessageKey(Histories.PROVIDER, "m1");

    @Property(tries = 2_000)
    void anyOrderAndAnyRepeatsGiveTheSameState(@ForAll long seed) {
        Random random = new Random(seed);
        List<RecordedEvent> arrivals = Histories.arrivals(random, KEY, 1 + random.nextInt(8));
        MessageState once = withoutArrival(MessageState.of(Histories.history(KEY, arrivals)));

        List<RecordedEvent> otherwise = new ArrayList<>(arrivals);
        for (int i = random.nextInt(5); i > 0; i--) {
            otherwise.add(arrivals.get(random.nextInt(arrivals.size())));
        }
        Collections.shuffle(otherwise, random);
        List<RecordedEvent> renumbered = new ArrayList<>();
        for (int i = 0; i < otherwise.size(); i++) {
            RecordedEvent event = otherwise.get(i);
            renumbered.add(new RecordedEvent(
                    i + 1L, Histories.START.plusSeconds(i), true, event.source(), event.account(), event.event()));
        }
        assertThat(withoutArrival(MessageState.of(Histories.history(KEY, renumbered))))
                .isEqualTo(once);
    }

    @Property(tries = 1_000)
    void mergeIsCommutativeAssociativeAndIdempotent(@ForAll long seed) {
        Random random = new Random(seed);
        List<RecordedEvent> arrivals = Histories.arrivals(random, KEY, 9);
        MessageHistory a = Histories.history(KEY, arrivals.subList(0, 3));
        MessageHistory b = Histories.history(KEY, arrivals.subList(2, 6));
        MessageHistory c = Histories.history(KEY, arrivals.subList(5, 9));
        assertThat(a.merge(b)).isEqualTo(b.merge(a));
        assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
        assertThat(a.merge(a)).isEqualTo(a);
        assertThat(a.merge(b).merge(b)).isEqualTo(a.merge(b));
    }

    @Property(tries = 1_000)
    void anySplitIntoBatchesGivesTheSameHistory(@ForAll long seed) {
        Random random = new Random(seed);
        List<RecordedEvent> arrivals = Histories.arrivals(random, KEY, 8);
        int cut = 1 + random.nextInt(7);
        MessageHistory whole = Histories.history(KEY, arrivals);
        MessageHistory split = Histories.history(KEY, arrivals.subList(0, cut))
                .merge(Histories.history(KEY, arrivals.subList(cut, 8)));
        assertThat(split).isEqualTo(whole);
    }

    @Property(tries = 1_000)
    void oneMoreEventNeverTakesANamedRecipientBack(@ForAll long seed) {
        Random random = new Random(seed);
        List<RecordedEvent> arrivals = Histories.arrivals(random, KEY, 8).stream()
                // Of registrations that contradict each other one counts: whom only the other names is not shown.
                .filter(event -> event.event().registration() == null)
                .filter(event ->
                        event.event().recipient() != null && !event.event().soleRecipient())
                .toList();
        for (int i = 1; i < arrivals.size(); i++) {
            MessageState before = MessageState.of(Histories.history(KEY, arrivals.subList(0, i)));
            MessageState after = MessageState.of(Histories.history(KEY, arrivals.subList(0, i + 1)));
            for (RecipientState recipient : before.recipients()) {
                assertThat(progressOf(after, recipient.to())).isGreaterThanOrEqualTo(recipient.progress());
            }
        }
    }

    private static Progress progressOf(MessageState state, @Nullable Recipient to) {
        return state.recipients().stream()
                .filter(recipient -> Objects.equals(to, recipient.to()))
                .findFirst()
                .orElseThrow()
                .progress();
    }

    /** All but the times that only arrival gave: of events to which the provider gave none. */
    private static MessageState withoutArrival(MessageState state) {
        return new MessageState(
                state.message(),
                state.account(),
                state.direction(),
                state.from(),
                state.recipients().stream()
                        .map(recipient -> new RecipientState(
                                recipient.to(),
                                recipient.progress(),
                                recipient.providerStatus(),
                                recipient.errorCode(),
                                recipient.conflict(),
                                recipient.carrier(),
                                Instant.EPOCH))
                        .toList(),
                state.segments(),
                state.cost(),
                state.sentAt(),
                null,
                state.labels(),
                null,
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
