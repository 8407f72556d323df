package dev.sendstatus.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.dashboard.Recent.Counted;
import dev.sendstatus.pages.dashboard.JtestatisticsGenerated;
import dev.sendstatus.pages.dashboard.JtestuckGenerated;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.output.Utf8ByteOutput;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Pages whose figures are being counted. */
class CountingTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:14Z");
    private static final Instant BEFORE = Instant.parse("2026-11-30T12:00:00Z");
    private static final Grid EMPTY = new Grid("usual", "Nothing", List.of(), List.of());

    private static <P> Document shown(P page, Site.Template<P> template) throws Exception {
        Frame frame = new Frame("/ui/here?a=b", true, true, Moment.of(NOW, NOW), null);
        Utf8ByteOutput out = new Utf8ByteOutput();
        HtmlTemplateOutput escaped = new PageOutput(out);
        template.render(escaped, null, frame, page);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        out.writeTo(bytes);
        String html = bytes.toString(StandardCharsets.UTF_8);
        assertThat(HtmlValidator.verdict(html)).isEqualTo(HtmlValidator.GOOD);
        return Jsoup.parse(html);
    }

    private static StatisticsPage statistics(@Nullable Counted<?> count) {
        return new StatisticsPage(
                List.of(), List.of(), List.of(), Freshness.of(count, NOW), null, null, "/ui/statistics/json");
    }

    @Test
    void aPageWithoutAnyFigureYetAsksAgainByItselfWithScriptOrWithout() throws Exception {
        Document page = shown(statistics(null), JtestatisticsGenerated::render);
        assertThat(page.select("#counted").attr("data-hx-get")).isEqualTo("/ui/here?a=b");
        assertThat(page.select("#counted").attr("data-hx-trigger")).isEqualTo("live from:body");
        assertThat(page.select("#counted [role=status]").text()).startsWith("The figures are being counted");
        assertThat(page.select("#counted a").attr("href")).isEqualTo("/ui/here?a=b");
        assertThat(page.head().html()).contains("http-equiv=\"refresh\"");
    }

    @Test
    void figuresThatAreCountedAnewSayTheirAge() throws Exception {
        Document page = shown(
                statistics(new Counted<>("old", BEFORE, Duration.ofSeconds(1), true)), JtestatisticsGenerated::render);
        assertThat(page.select("#counted").attr("data-hx-trigger")).isEqualTo("live from:body");
        assertThat(page.select("#counted").text()).contains("Being counted anew", "counted 14 s ago");
        assertThat(page.head().html()).as("nobody's form is emptied").doesNotContain("refresh");
    }

    @Test
    void freshFiguresStandStill() throws Exception {
        Document page = shown(
                statistics(new Counted<>("new", BEFORE, Duration.ofSeconds(1), false)), JtestatisticsGenerated::render);
        assertThat(page.select("#counted").text()).isEqualTo("Counted 14 s ago");
        assertThat(page.select("#counted[data-hx-get], #counted[data-hx-trigger]"))
                .isEmpty();
    }

    @Test
    void whatIsStuckIsCountedBesideToo() throws Exception {
        Document page =
                shown(new StuckPage(null, EMPTY, List.of(), Freshness.of(null, NOW)), JtestuckGenerated::render);
        assertThat(page.select("#counted [role=status]").text()).startsWith("The figures are being counted");
        assertThat(page.text()).doesNotContain("No message is stuck");
    }
}
