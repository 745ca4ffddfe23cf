/** What was known of customers, vehicles, components and technicians at the end of a day. */
package io.servicelake.transform.feature;
