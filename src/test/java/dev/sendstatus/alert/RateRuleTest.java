package dev.sendstatus.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.store.OutcomeCounts;
import dev.sendstatus.store.OutcomeKey;
import dev.sendstatus.store.OutcomeKey.Dimension;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which parts an account's alert takes in. */
class RateRuleTest {
    private static final OutcomeKey WHOLE = OutcomeKey.of(Simulation.ACCOUNT);
    private static final OutcomeKey PART = Simulation.key(Dimension.CAMPAIGN, "vote");
    private static final Verdict SURE = verdict(true);
    private static final Verdict UNSURE = verdict(false);

    private static Verdict verdict(boolean sure) {
        return new Verdict(sure, Instant.EPOCH, OutcomeCounts.NONE, null);
    }

    private static Set<OutcomeKey> left(Map<OutcomeKey, Verdict> verdicts, OutcomeKey... firing) {
        return RateRule.withoutParts(verdicts, Set.of(firing)::contains).keySet();
    }

    @Test
    void anAccountThatIsSurelyWorseTakesItsPartsIn() {
        assertThat(left(Map.of(WHOLE, SURE, PART, SURE))).containsExactly(WHOLE);
    }

    @Test
    void soDoesOneWhoseAlertStillFires() {
        assertThat(left(Map.of(PART, SURE), WHOLE)).isEmpty();
    }

    @Test
    void oneOfWhichThatIsNotSureDoesNot() {
        assertThat(left(Map.of(WHOLE, UNSURE, PART, SURE))).containsExactlyInAnyOrder(WHOLE, PART);
    }

    @Test
    void aPartThatWasToldBeforeGoesOnByItself() {
        assertThat(left(Map.of(WHOLE, SURE, PART, SURE), PART)).containsExactlyInAnyOrder(WHOLE, PART);
    }
}
