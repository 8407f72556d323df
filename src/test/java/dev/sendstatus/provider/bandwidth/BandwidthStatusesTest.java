package dev.sendstatus.provider.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.Progress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words of the look-up; those of callbacks are fixtures. */
final class BandwidthStatusesTest {

    @ParameterizedTest
    @CsvSource({
        "RECEIVED,ACCEPTED",
        "QUEUED,ACCEPTED",
        "SENDING,ACCEPTED",
        "ACCEPTED,ACCEPTED",
        "SENT,SENT",
        "DELIVERED,DELIVERED",
        "FAILED,FAILED",
        "UNDELIVERED,FAILED",
        "DLR_EXPIRED,UNCONFIRMED"
    })
    void everyStatusOfTheLookUpHasItsProgress(String word, Progress progress) {
        assertThat(BandwidthStatuses.ofLookup(word, false, null)).isEqualTo(progress);
        assertThat(BandwidthStatuses.ofLookup(word, true, null)).isEqualTo(Progress.DELIVERED);
    }

    @ParameterizedTest
    @CsvSource({
        "FAILED,9902,UNCONFIRMED",
        "UNDELIVERED,9902,UNCONFIRMED",
        "FAILED,9999,FAILED",
        "FAILED,4770,FAILED",
        "DELIVERED,9902,DELIVERED",
        "SENT,9902,SENT"
    })
    void onlyAFailureForWantOfAReceiptIsUnconfirmed(String word, String code, Progress progress) {
        assertThat(BandwidthStatuses.ofLookup(word, false, code)).isEqualTo(progress);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "delivered", "EXPLODED", "message-delivered"})
    void anUnknownStatusIsAValue(String word) {
        assertThat(BandwidthStatuses.ofLookup(word, false, null)).isNull();
    }
}
