package dev.sendstatus.provider.bandwidth;

import dev.sendstatus.provider.WebhookApi.ApiFailed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The XML of Bandwidth's API. */
final class Xml {
    private static final String DEEPEST = "32";

    private Xml() {}

    /**
     * The root. A document that declares a type, and so could name entities elsewhere, is refused.
     *
     * @throws ApiFailed without a word of the document, which may hold secrets
     */
    static Element read(byte[] document, String host) throws ApiFailed {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setAttribute("jdk.xml.maxElementDepth", DEEPEST);
            DocumentBuilder builder = factory.newDocumentBuilder();
            // Without that it prints the mistakes that it finds.
            builder.setErrorHandler(null);
            return builder.parse(new ByteArrayInputStream(document)).getDocumentElement();
        } catch (SAXException | IOException e) {
            throw new ApiFailed(host
                    + " answered with something that is no XML, or that declares a document type, which is refused:"
                    + " check api-base-url");
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every Java runtime can refuse document types", e);
        }
    }

    /** The children of that name. */
    static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child && child.getTagName().equals(name)) {
                children.add(child);
            }
        }
        return children;
    }

    /** The text at the end of a path of children; empty where one is missing. */
    static String text(Element parent, String... path) {
        Element at = parent;
        for (String step : path) {
            List<Element> children = children(at, step);
            if (children.isEmpty()) {
                return "";
            }
            at = children.get(0);
        }
        return at.getTextContent();
    }

    /** @param content elements, or a text that is {@linkplain #escaped escaped} */
    static String element(String name, String content) {
        return "<" + name + ">" + content + "</" + name + ">";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
