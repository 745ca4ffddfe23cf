/** Pure transforms into the tables of dashboards and lists. */
package io.servicelake.transform.serving;
