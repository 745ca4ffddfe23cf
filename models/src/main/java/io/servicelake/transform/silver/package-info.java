/** Silver: source rows become typed versions of facts, and customer files become persons. */
package io.servicelake.transform.silver;
