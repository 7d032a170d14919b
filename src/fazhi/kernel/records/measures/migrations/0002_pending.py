from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="reportedfigure",
            name="pending",
            field=models.CharField(blank=True, default="", editable=False, max_length=40, verbose_name="审批中的事项"),
        ),
    ]
