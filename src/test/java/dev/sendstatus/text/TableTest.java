package dev.sendstatus.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.text.Table.Mark;
import dev.sendstatus.text.Table.Screen;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
    private static final String ID = "SM0123456789abcdef0123456789abcdef";

    private static Table wide() {
        return Table.texts("id", "status", "meaning", "campaign", "from")
                .optional("from", "campaign")
                .row(
                        ID,
                        Table.marked(Mark.ALARM, "ERROR"),
                        "The carrier took the message for spam and did not deliver it",
                        "the autumn campaign",
                        "+12025550100");
    }

    @Test
    void whereNobodyWatchesALineIsAsLongAsItMustBe() {
        assertThat(wide().text(Screen.NONE).lines().toList())
                .containsExactly(
                        "id                                  status  meaning                                          "
                                + "             campaign             from",
                        ID + "  ERROR   The carrier took the message for spam and did not deliver it"
                                + "  the autumn campaign  +12025550100");
    }

    @Test
    void aCellThatIsTooLongToAlignOthersByItSticksOut() {
        Table table = Table.facts()
                .widest(10)
                .row("database", "jdbc:sqlite:/srv/x.db", "default")
                .row("port", "8080", "the file");
        assertThat(table.text(Screen.NONE))
                .isEqualTo("database  jdbc:sqlite:/srv/x.db  default\nport      8080  the file\n");
    }

    @Test
    void rowsThatComeLaterAreAlignedLikeThoseBefore() {
        Table table = Table.columns(List.of("name", "n"), column -> column == 1).row("three", 12);
        assertThat(table.more().apply(new Object[] {"a", 1})).isEqualTo("a       1\n");
        assertThat(table.more().apply(new Object[] {"longer than those before", 1}))
                .isEqualTo("longer than those before   1\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 90, 100, 120, 130, 140})
    void noLineIsLongerThanTheScreen(int columns) {
        String text = wide().text(new Screen(columns, false));
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
        assertThat(text).contains(ID);
        assertThat(text.replaceAll("\\s+", " ")).contains("status meaning");
    }

    @Test
    void aColumnThatIsLeftOutIsNamed() {
        String text = wide().text(new Screen(80, false));
        assertThat(text).endsWith("(no room for: from)\n").contains("autumn").doesNotContain("+1202");
        assertThat(wide().text(new Screen(140, false))).contains("+1202").doesNotContain("no room");
    }

    @Test
    void onANarrowScreenEachFieldHasALineOfItsOwn() {
        List<String> lines = wide().row("2", "SENT", "", "", "")
                .text(new Screen(40, false))
                .lines()
                .toList();
        assertThat(lines.get(0)).isEqualTo("id        " + ID);
        assertThat(lines.get(1)).isEqualTo("status    ERROR");
        assertThat(lines.get(2)).isEqualTo("meaning   The carrier took the message");
        assertThat(lines).contains("", "id        2");
    }

    @Test
    void aSmallTableStaysATableOnANarrowScreen() {
        assertThat(Table.figures("day", "messages").row("today", 12).text(new Screen(40, false)))
                .isEqualTo("day    messages\ntoday        12\n");
    }

    @Test
    void factsWrapBesideTheirNames() {
        assertThat(Table.facts().row("meaning", "The carrier took it for spam").text(new Screen(30, false)))
                .isEqualTo("meaning  The carrier took it\n         for spam\n");
    }

    @Test
    void onlyAScreenWithColoursHasThem() {
        assertThat(wide().text(new Screen(140, true))).contains("\u001b[31mERROR\u001b[0m   The");
        assertThat(wide().text(new Screen(140, false))).doesNotContain("\u001b");
    }

    @Test
    void whatATerminalWouldObeyIsShownAsDots() {
        assertThat(Table.texts("a").row("x\u001b[2Jy\u202ez\n").text(Screen.NONE))
                .isEqualTo("a\nx.[2Jy.z.\n");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "59, 59 s",
        "60, 1 min",
        "3599, 59 min",
        "3600, 1 h",
        "9000, 2 h 30 min",
        "86400, 1 d",
        "583200, 6 d 18 h"
    })
    void aDurationHasItsTwoGreatestUnits(long seconds, String expected) {
        assertThat(Figures.duration(seconds)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0 s", "1249, 1.2 s", "59900, 59.9 s", "61000, 1 min", "9000000, 2 h 30 min"})
    void aLatencyBelowAMinuteIsExact(long millis, String expected) {
        assertThat(Figures.latency(millis)).isEqualTo(expected);
    }
}
