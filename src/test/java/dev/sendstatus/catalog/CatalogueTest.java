package dev.sendstatus.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.Provider;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogueTest {
    private static final Provider TELNYX = new Provider("telnyx");
    private static final Provider TWILIO = new Provider("twilio");
    private static final Provider BANDWIDTH = new Provider("bandwidth");
    private static final Catalogue CATALOGUE = Catalogue.of(List.of(TELNYX, TWILIO, BANDWIDTH));

    static Stream<ErrorMeaning> entries() {
        return CATALOGUE.entries().stream();
    }

    @Test
    void theFilesHoldAsManyCodesAsTheProvidersPagesGave() {
        assertThat(entries().filter(entry -> entry.provider().equals(TELNYX))).hasSize(102);
        assertThat(entries().filter(entry -> entry.provider().equals(TWILIO))).hasSize(163);
        assertThat(entries().filter(entry -> entry.provider().equals(BANDWIDTH)))
                .hasSize(91);
    }

    @ParameterizedTest
    @MethodSource("entries")
    void everyCodeHasTitleMeaningAdviceCategoryChargedAndSource(ErrorMeaning entry) {
        ErrorMeaning meaning = CATALOGUE.meaning(entry.provider(), entry.code(), null, null);
        assertThat(meaning.known()).isTrue();
        assertThat(List.of(meaning.title(), meaning.meaning(), meaning.advice(), meaning.source()))
                .allSatisfy(text -> assertThat(text).isNotBlank());
        assertThat(meaning.advice()).as("is a sentence").endsWith(".").contains(" ");
        assertThat(meaning.charged()).isEqualTo(entry.charged());
        assertThat(meaning.category()).isEqualTo(entry.category());
    }

    /** The table of docs/providers/twilio.md, row by row; the first line of the help page's list stands for the others. */
    @ParameterizedTest
    @CsvSource({
        "30007,undelivered,+12025550123,yes",
        "30003,undelivered,+12025550123,yes",
        "30008,undelivered,+12025550123,yes",
        "30008,failed,+12025550123,no",
        "30036,failed,+12025550123,no",
        "30002,failed,+12025550123,no",
        "30450,failed,+12025550123,no",
        "63018,failed,+12025550123,no",
        "30500,failed,+12025550123,no",
        "30007,failed,+12025550123,yes",
        "63016,failed,whatsapp:+12025550123,yes",
        "63016,undelivered,whatsapp:+12025550123,no",
        "63024,undelivered,whatsapp:+12025550123,no",
        "21610,failed,+12025550123,no",
        "21610,undelivered,+12025550123,no",
        "63033,failed,whatsapp:+12025550123,no",
        "99999,undelivered,+12025550123,yes",
    })
    void whatTwilioChargesDependsOnStatusAndCode(String code, String status, String address, String charged) {
        assertThat(CATALOGUE.meaning(TWILIO, code, status, address).charged().word())
                .isEqualTo(charged);
    }

    @ParameterizedTest
    @CsvSource({"telnyx,40300,no", "twilio,21610,no", "bandwidth,4475,no", "bandwidth,4775,yes"})
    void optOutsAreNotChargedButForWhatBandwidthDocuments(String provider, String code, String charged) {
        ErrorMeaning meaning = CATALOGUE.meaning(new Provider(provider), code, null, null);
        assertThat(meaning.category()).isEqualTo(Category.OPT_OUT);
        assertThat(meaning.charged().word()).isEqualTo(charged);
        assertThat(meaning.retryable()).isFalse();
    }

    @Test
    void anUnknownCodeSaysThatItIsUnknownAndStillShows() {
        ErrorMeaning meaning = CATALOGUE.meaning(BANDWIDTH, "4999", "message-failed", null);
        assertThat(meaning.known()).isFalse();
        assertThat(meaning.code()).isEqualTo("4999");
        assertThat(meaning.title()).contains("Unknown");
        assertThat(meaning.advice()).contains("errors.file");
        assertThat(meaning.category()).isEqualTo(Category.UNKNOWN);
        assertThat(meaning.charged()).isEqualTo(Charged.UNKNOWN);
    }

    @Test
    void anOwnFileAddsAndOverridesAndKeepsWhatItDoesNotSay() {
        OwnFile.Result result = OwnFile.read(CATALOGUE, """
                provider,code,title,advice,category,charged,retryable
                bandwidth,4770,,Call our campaign desk.,,,
                bandwidth,4999,made-up,,spam_filter,yes,yes
                twilio,30008,,,,no,
                """);
        assertThat(result.mistakes()).isEmpty();
        ErrorMeaning changed = result.catalogue().find(BANDWIDTH, "4770").orElseThrow();
        assertThat(changed.advice()).isEqualTo("Call our campaign desk.");
        assertThat(changed.title()).isEqualTo("destination-spam-detected");
        assertThat(changed.charged()).isEqualTo(Charged.YES);
        ErrorMeaning added = result.catalogue().find(BANDWIDTH, "4999").orElseThrow();
        assertThat(added.meaning()).isEqualTo("made-up");
        assertThat(added.advice()).isEqualTo(Category.SPAM_FILTER.advice());
        assertThat(added.retryable()).isTrue();
        assertThat(result.catalogue()
                        .meaning(TWILIO, "30008", "undelivered", null)
                        .charged())
                .as("the operator's word counts whatever the status")
                .isEqualTo(Charged.NO);
        assertThat(CATALOGUE.find(BANDWIDTH, "4999")).isEmpty();
    }

    @Test
    void mistakesInAnOwnFileAreFoundAllAtOnceWithTheirLines() {
        OwnFile.Result result = OwnFile.read(CATALOGUE, """
                provider,code,title,category,charged,retryable
                twilo,1,One,,,
                twilio,2,,,,
                twilio,3,Three,spam,maybe,often
                telnyx,,Four,,,
                telnyx,40300,Five,,,
                telnyx,40300,Six,,,
                """);
        assertThat(result.mistakes()).extracting(OwnFile.Mistake::line).containsExactly(2L, 3L, 4L, 4L, 4L, 5L, 7L);
        assertThat(result.mistakes())
                .extracting(OwnFile.Mistake::remedy)
                .anySatisfy(remedy -> assertThat(remedy).contains("\"spam\"", "spam_filter"))
                .anySatisfy(remedy -> assertThat(remedy).contains("line 6"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|holds no codes",
                "'code,title\n1,One'|lacks the column provider",
                "'provider,code,titel\ntwilio,1,One'|\"titel\"",
                "'provider,code\ntwilio,\"1'|no CSV",
                "'provider,code\ntwilio,1,2,3'|more cells",
            })
    void aFileThatIsNoTableOfCodesIsAMistakeToo(String text, String says) {
        assertThat(OwnFile.read(CATALOGUE, text).mistakes())
                .isNotEmpty()
                .anySatisfy(mistake -> assertThat(mistake.remedy()).contains(says));
    }
}
