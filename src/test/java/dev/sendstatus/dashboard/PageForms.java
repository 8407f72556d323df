package dev.sendstatus.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.store.StoredToken;
import dev.sendstatus.store.TokenHash;
import dev.sendstatus.store.TokenScope;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Pages as a person uses them, by whose cookie: reads one, fills its forms and presses their buttons. */
record PageForms(DashboardServer server, String cookie) {

    static PageForms writer(DashboardServer server) throws Exception {
        return new PageForms(server, server.signIn(DashboardServer.TOKEN));
    }

    /** Somebody with a token of scope read. */
    static PageForms reader(DashboardServer server) throws Exception {
        String token = TokenHash.newToken();
        server.change(store -> store.addToken(
                new StoredToken("reader", TokenHash.of(token), TokenScope.READ, Instant.ofEpochMilli(0), null)));
        return new PageForms(server, server.signIn(token));
    }

    Document page(String path) throws Exception {
        HttpResponse<String> answer = server.get(path, cookie);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return Jsoup.parse(answer.body(), server.uri(path).toString());
    }

    int status(String path) throws Exception {
        return server.get(path, cookie).statusCode();
    }

    /** Sends the form that leads to that path, which must be on the page. @return the page after it */
    Document press(Document page, String action, Map<String, String> filled) throws Exception {
        assertThat(page.select("form").eachAttr("action")).contains(action);
        Element form = page.expectFirst("form[method=post][action=" + action + "]");
        Map<String, String> fields = new HashMap<>();
        form.select("input[name]").forEach(field -> fields.put(field.attr("name"), field.val()));
        assertThat(fields.keySet()).containsAll(filled.keySet());
        fields.putAll(filled);
        HttpResponse<String> answer = server.post(action, cookie, fields);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        String target = answer.headers().firstValue("Location").orElseThrow();
        String said = answer.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        HttpResponse<String> after = server.get(target, cookie + "; " + said);
        assertThat(after.statusCode()).as(target).isEqualTo(200);
        assertThat(after.headers().firstValue("Set-Cookie").orElseThrow())
                .as("is said once")
                .contains("Max-Age=0");
        return Jsoup.parse(after.body(), server.uri(target).toString());
    }

    /** What the page says that was done. */
    static String said(Document page) {
        return page.select(".note[role=status]").text();
    }

    /** That those who may only read see no button there and may not press any, and no other site may. */
    static void areForWritersOnly(DashboardServer server, PageForms reader, String path, List<String> actions)
            throws Exception {
        PageForms writer = writer(server);
        assertThat(writer.page(path).select("form[method=post]").eachAttr("action"))
                .containsAll(actions);
        assertThat(reader.page(path).select("form[method=post]").eachAttr("action"))
                .containsExactly("/ui/sign-out");
        for (String action : actions) {
            assertThat(server.post(action, reader.cookie(), Map.of()).statusCode())
                    .as("%s with scope read", action)
                    .isEqualTo(403);
            assertThat(server.send(server.form(action, Map.of())
                                    .header("Cookie", writer.cookie())
                                    .header("Sec-Fetch-Site", "cross-site"))
                            .statusCode())
                    .as("%s from another site", action)
                    .isEqualTo(403);
            assertThat(server.post(action, "", Map.of()).headers().firstValue("Location"))
                    .as("%s by nobody", action)
                    .hasValueSatisfying(to -> assertThat(to).startsWith(Site.SIGN_IN));
        }
    }
}
