package dev.sendstatus.register;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.ConfiguredProvider;
import dev.sendstatus.provider.ProviderAdapter;
import dev.sendstatus.provider.bandwidth.BandwidthAdapter;
import dev.sendstatus.provider.fake.FakeAdapter;
import dev.sendstatus.provider.telnyx.TelnyxAdapter;
import dev.sendstatus.provider.twilio.TwilioAdapter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendReaderTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final FakeAdapter TWO_ACCOUNTS = new FakeAdapter("signed", null);

    private final SendReader reader = new SendReader(
            new SendAccounts(List.of(
                    new ConfiguredProvider<>(TWO_ACCOUNTS, List.of(account("main"), account("second")), "Set KEY."),
                    new ConfiguredProvider<>(new FakeAdapter("off", null), List.of(), "Set OFF_KEY."))),
            InstantSource.fixed(Instant.parse("2026-11-25T12:00:00Z")));

    private static Account<String> account(String name) {
        return new Account<>(new AccountName(TWO_ACCOUNTS.provider(), name), true, "key");
    }

    @Test
    void everyFieldBecomesAnEventForEachRecipient() {
        SendItem item = read("""
                {"provider":"signed","account":"second","id":"007","to":["12025550143","+12025550143","12345"],
                 "from":"ACME","sent_at":"2026-11-25T13:00:00.1234567+02:00","reference":"order 7","campaign":"autumn",
                 "tags":["b","a"],"link_domains":["Example.com"],"segments":2}""");
        List<DeliveryEvent> events = ((SendItem.Good) item).send().events(null);
        assertThat(events)
                .extracting(DeliveryEvent::recipient)
                .containsExactly(new Recipient("+12025550143"), new Recipient("12345"));
        DeliveryEvent event = events.get(0);
        assertThat(event.message().id()).isEqualTo("007");
        assertThat(event.progress()).isEqualTo(Progress.REGISTERED);
        assertThat(event.from()).isEqualTo("ACME");
        assertThat(event.sentAt()).isEqualTo("2026-11-25T11:00:00.123Z");
        assertThat(event.segments()).isEqualTo(2);
        assertThat(event.registration()).isEqualTo(((SendItem.Good) item).send().registration());
        assertThat(((SendItem.Good) item).send().registration().linkDomains()).containsExactly("example.com");
        assertThat(((SendItem.Good) item).send().account().name()).isEqualTo("second");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"provider":"sygned"}                | provider is one of off, signed
                    {"provider":"off"}                   | no account of off is configured. Set OFF_KEY.
                    {"account":null}                     | account is missing: signed has several, main, second
                    {"account":"third"}                  | account is one of signed's: main, second
                    {"id":7}                             | id is text in quotes
                    {"id":""}                            | id is missing
                    {"id":"a\\u0000b"}                   | id is UTF-8 without control characters
                    {"to":[]}                            | to is missing
                    {"to":[1]}                           | to is a list of texts
                    {"to":[""]}                          | to is a list of texts
                    {"to":{"a":1}}                       | to is a list of up to 100 texts
                    {"sent_at":"yesterday"}              | sent_at is a time like 2026-11-25T12:00:00Z
                    {"sent_at":"2026-11-25T12:00:00"}    | sent_at is a time like 2026-11-25T12:00:00Z
                    {"sent_at":"2062-11-25T12:00:00Z"}   | sent_at is a time from the year 2000 to 36 days from now
                    {"id":"1.47621E+28"}                 | id was rounded by a spreadsheet
                    {"id":"'m1"}                         | id begins with an apostrophe
                    {"to":["=\\"+12025550102\\""]}       | to is a spreadsheet's formula
                    {"to":["+12025550101,+12025550102"]} | to is one number, not several
                    {"from":"1.20256E+10"}               | from was rounded by a spreadsheet
                    {"id":" \\u00a0 "}                   | id is missing
                    {"error_code":"30007","sent_at":"2026-11-28T12:00:00Z"} | sent_at of a send that was refused is not ahead
                    {"segments":0}                       | segments is a whole number from 1 to 100
                    {"segments":1.5}                     | segments is a whole number from 1 to 100
                    {"segments":"2"}                     | segments is a whole number from 1 to 100
                    {"link_domains":["https://a.com/x"]} | link_domains are domains like example.com, not URLs
                    {"campain":"x"}                      | "campain" is no field; the fields are provider, account, id
                    {"Hello Ann, your code":"x"}         | a key that is no name is no field
                    """)
    void aMistakeNamesTheFieldAndWhatItTakes(String change, String problem) {
        String valid = "{\"provider\":\"signed\",\"account\":\"main\",\"id\":\"m1\",\"to\":[\"+12025550143\"]}";
        assertThat(read(valid)).isInstanceOf(SendItem.Good.class);
        assertThat(read(with(valid, change)))
                .isInstanceOfSatisfying(
                        SendItem.Bad.class,
                        bad -> assertThat(bad.problem()).contains(problem).doesNotContain("Hello", "yesterday"));
    }

    @Test
    void allMistakesAreToldAtOnce() {
        assertThat(read("{\"to\":7,\"x\":1}"))
                .isInstanceOfSatisfying(
                        SendItem.Bad.class,
                        bad -> assertThat(bad.problem())
                                .contains("\"x\" is no field", "provider is missing", "id is missing", "to is a list"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"provider":"signed" secret text | not JSON: wrong at line 1, column 22
                    {"id":"a","id":"b"}              | not JSON
                    {"id":"a"} {"id":"b"}            | not JSON
                    [1]                              | an item is a JSON object
                    """)
    void whatIsNoObjectIsTold(String line, String problem) {
        assertThat(read(line))
                .isInstanceOfSatisfying(
                        SendItem.Bad.class,
                        bad -> assertThat(bad.problem()).contains(problem).doesNotContain("secret"));
    }

    @Test
    void onlyTwiliosMessagesHaveOneRecipientEach() {
        assertThat(List.<ProviderAdapter<?>>of(new TelnyxAdapter(), new TwilioAdapter(), new BandwidthAdapter()))
                .extracting(adapter -> adapter.provider().word() + " " + adapter.oneRecipient())
                .containsExactly("telnyx false", "twilio true", "bandwidth false");
    }

    private SendItem read(String line) {
        return reader.line(line.getBytes(StandardCharsets.UTF_8));
    }

    /** The object with one field replaced, or one more. */
    private static String with(String object, String change) {
        try {
            ObjectNode node = (ObjectNode) JSON.readTree(object);
            node.setAll((ObjectNode) JSON.readTree(change));
            return node.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(change, e);
        }
    }
}
